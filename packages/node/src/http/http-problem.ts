import { TellonceError } from "@tellonce/core"

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
