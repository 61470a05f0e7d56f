import { TellonceError } from "@tellonce/core"

/** A refusal of a whole request, with its HTTP status. */
export class Problem extends TellonceError {
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(code, message)
    this.status = status
  }
}

/** Is it ours to answer with its own status? */
export const isProblem = (thrown: unknown): thrown is Problem => thrown instanceof Problem
