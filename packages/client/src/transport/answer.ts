import type { Millis } from "@tellonce/core"
import { parseRetryAfter } from "./retry-after.ts"

/** Why a request brought nothing, as a value. No status: no answer that can be read. */
export interface Failure {
  readonly ok: false
  readonly code: string
  readonly message: string
  readonly status?: number | undefined
  readonly retryAfter?: Millis | undefined
  readonly cause?: unknown
  /** In the nature of things: to be tried again, not to be told. */
  readonly quiet?: true
}

export type Answer = { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | Failure

/** A response that was read to its end. */
export interface Reply {
  readonly response: Pick<Response, "ok" | "status" | "headers">
  readonly text: string
}

export interface AnswerOptions {
  readonly now: () => Millis
  /** Gets the `now` of every answer. */
  readonly learn: (now: unknown) => void
  /** The holder of this token has been erased: nothing of what is known here may stay. */
  readonly onErased: (token: string) => void
}

/** What the service says to a request with this token. */
export type ReadAnswer = (reply: Reply, token: string) => Answer

export const createReadAnswer =
  ({ now, learn, onErased }: AnswerOptions): ReadAnswer =>
  ({ response, text }, token) => {
    const body = parseBody(text)
    if (response.status === 410) onErased(token)
    if (!response.ok) return toFailure(response, body, now())
    if (body === undefined) return garbled(response.status)
    learn(body.now)
    return { ok: true, body }
  }

const parseBody = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const toFailure = (
  { status, headers }: Reply["response"],
  body: Readonly<Record<string, unknown>> | undefined,
  now: Millis,
): Failure => {
  const { code, message } = (body?.error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  return {
    ok: false,
    code: typeof code === "string" ? code : `http/${status}`,
    message: typeof message === "string" ? message : `The service answered ${status}. See its log for the reason.`,
    status,
    retryAfter: parseRetryAfter(headers.get("retry-after"), now),
  }
}

export const garbled = (status: number): Failure => ({
  ok: false,
  code: "service/garbled",
  message: `An answer with status ${status} is not the service's. Is there a proxy or a login page before it? Signals are kept.`,
})
