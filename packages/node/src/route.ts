import type * as z from "zod"
import type { Principal } from "./principal.ts"
import type { Service } from "./service.ts"

export interface Call {
  readonly request: Request
  readonly searchParams: URLSearchParams
  readonly principal: Principal
  readonly service: Service
}

export interface Route {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly summary: string
  readonly query?: readonly string[]
  readonly body?: z.ZodType
  /** What the documentation calls the answer's content. */
  readonly answers: string
  handle(call: Call): Promise<Response>
}
