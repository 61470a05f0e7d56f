/** Marks the family across duplicated copies of this package, where `instanceof` fails. */
const mark = "tellonce.error"

/** The one error Tellonce throws: `code` is stable, `message` says what happened, why, and what to do. */
export class TellonceError extends Error {
  readonly code: string
  readonly family = mark
  override readonly name = "TellonceError"

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

export const isTellonceError = (thrown: unknown): thrown is TellonceError =>
  thrown instanceof Error && (thrown as Partial<TellonceError>).family === mark

/** A refused input, as a value: reading what a stranger sent never throws. */
export interface Refusal {
  readonly ok: false
  /** Stable, `area/problem`. */
  readonly code: string
  /** What is wrong and what to do. Never repeats the refused value: it may be personal. */
  readonly message: string
}

export const refuse = (code: string, message: string): Refusal => ({ ok: false, code, message })
