import { isTellonceError } from "@tellonce/core"
import { HttpProblem } from "./http-problem.ts"
import type { Reply } from "./reply.ts"

export const json = (status: number, body: unknown): Reply => ({
  status,
  // No browser is to find HTML in what a customer wrote.
  headers: { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  body: JSON.stringify(body),
})

/** The answer to a thrown problem. What is not ours says nothing of its inside to the caller. */
export const problemReply = (thrown: unknown): Reply => {
  if (thrown instanceof HttpProblem) {
    const refusal = json(thrown.status, { error: { code: thrown.code, message: thrown.message } })
    return thrown.retryAfter === undefined ? refusal : withHeaders(refusal, { "retry-after": `${thrown.retryAfter}` })
  }
  const busy = isTellonceError(thrown) && thrown.code.startsWith("store/")
  const error = busy
    ? { code: thrown.code, message: "The store cannot take this now. Nothing of it was kept; send it again." }
    : {
        code: "service/internal",
        message: "The service failed on this request. Nothing of it was kept; send it again.",
      }
  return withHeaders(json(busy ? 503 : 500, { error }), { "retry-after": "1" })
}

/** Any page may call: the credential in the header is what admits, never a cookie. */
const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "retry-after, x-request-id",
}

export const preflightReply = (): Reply => ({
  status: 204,
  headers: {
    "access-control-allow-headers": "authorization, content-type, last-event-id",
    "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
    "access-control-max-age": "86400",
  },
  body: null,
})

export const withCors = (reply: Reply): Reply => withHeaders(reply, cors)

export const withHeaders = ({ headers, ...reply }: Reply, more: Reply["headers"]): Reply => ({
  ...reply,
  headers: { ...headers, ...more },
})
