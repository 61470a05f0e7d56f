import type { AskAnswer, ContextDefinition, Fields, Identity, Millis, Statement, Store } from "@tellonce/core"
import type { IngestResult } from "./ingest.ts"
import type { Keys, Principal } from "./principal.ts"
import type { Customer } from "./read-customer.ts"
import type { Tokens } from "./tokens.ts"

/** What the routes work with. */
export interface Service {
  readonly definition: ContextDefinition
  readonly store: Store
  readonly keys: Keys
  readonly tokens: Tokens
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly keep: (signals: readonly unknown[], principal: Principal) => Promise<readonly IngestResult[]>
  readonly customer: (identity: Identity, alone?: boolean) => Promise<Customer>
  readonly answer: (
    identity: Identity,
    question: Question,
    principal: Principal,
  ) => Promise<Readonly<Record<string, AskAnswer>>>
}

/** Must these be asked? */
export interface Question<F extends Fields = Fields> {
  readonly fields: readonly (keyof F & string)[]
  /** Who asks. What must be asked or confirmed is recorded as asked there. */
  readonly channel: string
  readonly source?: string
  readonly matter?: string | undefined
  readonly maxAge?: Millis | undefined
}

/** A statement made in this process: whose it is and who reports it are not to be guessed. */
export type OwnStatement = Statement & { readonly identity: Identity; readonly source: string }
