import type { AskAnswer, ContextPort, Fields, Unsubscribe } from "@tellonce/core"

export interface AskedOf {
  /** The matter the question belongs to. */
  readonly matter?: string | undefined
  /** Older than this, in milliseconds, a known value must be confirmed. */
  readonly maxAge?: number | undefined
}

/** What the hooks speak to: any port, and of a client what it can do besides. */
export interface ReactPort<F extends Fields = Fields> extends ContextPort<F> {
  /** Without it the ask guard answers from the view. */
  ask?<Name extends keyof F & string>(fields: readonly Name[], options?: AskedOf): Readonly<Record<Name, AskAnswer>>
  /** Without it all there is to know is there from the start. */
  ready?(): Promise<void>
  /** Without it the context is always in reach; with it, while `connection` is `live`. */
  status?(): { readonly connection: string }
  on?(event: "status", listener: () => void): Unsubscribe
  close?(): void
}
