import type { Link, Millis, Signal } from "@tellonce/core"
import type { Choices } from "./consent-field.ts"
import type { ConsentRecord } from "./consent-history.ts"

/** An export is a file of JSON lines: one `export`, then `context` and `signal` lines, at its end one `summary`. Without that it was cut off. */
export type ExportLine =
  | {
      readonly type: "export"
      readonly format: "tellonce.export/1"
      readonly at: Millis
      readonly definition: { readonly name: string; readonly version: number }
      readonly identities: readonly string[]
      readonly links: readonly Link[]
    }
  /** What is kept of one identity, as it is encoded: it may know more than what is left of the log. */
  | { readonly type: "context"; readonly key: string; readonly context: unknown }
  | { readonly type: "signal"; readonly key: string; readonly received: Millis; readonly signal: Signal }
  | {
      readonly type: "summary"
      readonly signals: number
      readonly consent: { readonly state: Choices; readonly history: readonly Omit<ConsentRecord, "identity">[] }
      readonly recipients: readonly Recipient[]
      /** Of the whole context: equal after an import into an empty service. */
      readonly hash: string
    }

/** Who was shown something, as the audit trail has it. */
export interface Recipient {
  /** `secret`, `customer`, `visitor`, or `agent:` and its id. */
  readonly by: string
  /** Where a registered agent works. */
  readonly channel?: string
  readonly action: string
  readonly purposes: readonly string[]
  readonly times: number
  readonly first: Millis
  readonly last: Millis
}

/** Whose line it is. */
export type Keyed = Extract<ExportLine, { readonly key: string }>
