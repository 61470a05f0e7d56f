import { isTellonceError, TellonceError } from "@tellonce/core"

/** A refusal that ends the whole request: `code` and message for the body, `status` for HTTP. */
export class HttpProblem extends TellonceError {
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(code, message)
    this.status = status
  }
}

export const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  })

/** The answer to a thrown problem. What is not ours says nothing of its inside to the caller. */
export const problemResponse = (thrown: unknown): Response => {
  if (thrown instanceof HttpProblem)
    return json(thrown.status, { error: { code: thrown.code, message: thrown.message } })
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
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-expose-headers": "retry-after",
  "access-control-max-age": "86400",
}

export const preflightResponse = (): Response => new Response(null, { status: 204, headers: cors })

export const withCors = (response: Response): Response => {
  for (const [name, value] of Object.entries(cors)) response.headers.set(name, value)
  return response
}
