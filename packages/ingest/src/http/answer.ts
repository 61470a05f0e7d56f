import { isTellonceError, type TellonceError } from "@tellonce/core"
import { isProblem } from "./problem.ts"

/** Any page may call: what admits is the key, never a cookie. The headers are those the browser clients send. */
const cors = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers":
    "authorization, content-type, x-write-key, anonymousid, sentat, x-retry-count, idempotency-key",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-expose-headers": "retry-after",
  "access-control-max-age": "86400",
}

/** JSON for any page to read, and for no cache to keep. */
export const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...cors,
      ...headers,
    },
  })

/** Any page may send the headers the clients send. */
export const answerPreflight = (): Response => new Response(null, { status: 204, headers: cors })

/** The answer to what was thrown. What the service refuses for now is passed on with its wait, so that clients send it again. */
export const answerThrown = (thrown: unknown): Response => {
  if (isProblem(thrown)) return answer(thrown.status, { error: { code: thrown.code, message: thrown.message } })
  const { status, code } = isTellonceError(thrown) ? busyness(thrown) : unknownFault
  const error = { code, message: "This could not be kept now. Send it again." }
  return answer(status, { error }, { "retry-after": `${waitOf(thrown)}` })
}

const unknownFault = { status: 500, code: "ingest/internal" }

/** A service that is busy says so by its status, a store that is full or away by its code. */
const busyness = (error: TellonceError): { readonly status: number; readonly code: string } => {
  const { code } = error
  const status = "status" in error ? error.status : undefined
  if (status === 429 || status === 503) return { status, code }
  return code.startsWith("store/") ? { status: 503, code } : unknownFault
}

/** In seconds. */
const waitOf = (thrown: unknown): number =>
  thrown instanceof Error && "retryAfter" in thrown && typeof thrown.retryAfter === "number" ? thrown.retryAfter : 1
