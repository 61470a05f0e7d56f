import type * as z from "zod"
import type { Incoming } from "./http/incoming.ts"
import type { Reply } from "./http/reply.ts"
import type { Principal } from "./principal.ts"
import type { Service } from "./service.ts"

export interface Call {
  readonly request: Incoming
  readonly searchParams: URLSearchParams
  /** What stands in the path for its `:names`; every name of the path is there. */
  readonly params: Readonly<Record<string, string>>
  readonly principal: Principal
  readonly service: Service
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  /** Exact, or with `:name` for a segment that the caller fills. */
  readonly path: string
  readonly summary: string
  readonly query?: readonly string[]
  readonly body?: z.ZodType
  /** What the documentation calls the answer's content. */
  readonly answers: string
  /** Of the answer that went well; 200 unless told. */
  readonly status?: number
  /** Needs no credential: what the path holds admits. One that is sent is checked all the same. */
  readonly open?: true
  handle(call: Call): Promise<Reply>
}
