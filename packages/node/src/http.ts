import { isTellonceError, TellonceError } from "@tellonce/core"

/** A refusal that ends the whole request: `code` and message for the body, `status` for HTTP. */
export class HttpProblem extends TellonceError {
  readonly status: number
  /** Seconds until it may be tried again. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(code, message)
    this.status = status
    this.retryAfter = retryAfter
  }
}

export const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    // No browser is to find HTML in what a customer wrote.
    headers: { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  })

/** The answer to a thrown problem. What is not ours says nothing of its inside to the caller. */
export const problemResponse = (thrown: unknown): Response => {
  if (thrown instanceof HttpProblem) {
    const refusal = json(thrown.status, { error: { code: thrown.code, message: thrown.message } })
    if (thrown.retryAfter !== undefined) refusal.headers.set("retry-after", `${thrown.retryAfter}`)
    return refusal
  }
  const busy = isTellonceError(thrown) && thrown.code.startsWith("store/")
  const error = busy
    ? { code: thrown.code, message: "The store cannot take this now. Nothing of it was kept; send it again." }
    : {
        code: "service/internal",
        message: "The service failed on this request. Nothing of it was kept; send it again.",
      }
  const response = json(busy ? 503 : 500, { error })
  response.headers.set("retry-after", "1")
  return response
}

/** Any page may call: the credential in the header is what admits, never a cookie. */
const cors = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, last-event-id",
  "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
  "access-control-expose-headers": "retry-after, x-request-id",
  "access-control-max-age": "86400",
}

export const preflightResponse = (): Response => new Response(null, { status: 204, headers: cors })

export const withCors = (response: Response): Response => {
  for (const [name, value] of Object.entries(cors)) response.headers.set(name, value)
  return response
}
