import { type ContextDefinition, type Identity, identityKey, type Statement } from "@tellonce/core"
import type { Draft } from "../kept/outbox.ts"
import type { ServerClock } from "../page/server-clock.ts"
import type { Credentials } from "../who/credentials.ts"
import { createIds } from "./create-ids.ts"
import { toHeld } from "./held.ts"
import { type Ledger, notAgreed } from "./ledger.ts"

export interface RecorderOptions {
  readonly definition: ContextDefinition
  readonly source: string
  readonly identity: Identity | undefined
  readonly credentials: Credentials
  readonly clock: ServerClock
  readonly ledger: Pick<Ledger<never>, "queue" | "add" | "refuse" | "verdict">
  /** Resolves when it is known what the customer chose before this page; undefined once it has. */
  readonly restoring: () => Promise<void> | undefined
}

/** Makes a statement a signal: gives it what its channel does not know, and checks it as the service will. */
export const createRecorder = (options: RecorderOptions): ((statement: Statement) => void) => {
  const { definition, source, identity, credentials, clock, ledger, restoring } = options
  const makeId = createIds()
  const capture = (owner: string, signal: Draft, guessed: boolean) => {
    const { id } = signal
    if (ledger.queue.has(id)) return
    const result = toHeld(definition, { owner, signal })
    if (!result.ok) return ledger.refuse({ id, code: result.code, message: result.message })
    const verdict = ledger.verdict(result.held.signal)
    const wait = verdict === "open" ? restoring() : undefined
    if (wait) return void wait.then(() => capture(owner, signal, guessed))
    if (verdict !== "granted") return ledger.refuse({ id, code: "consent/denied", message: notAgreed })
    const ofAnother = identity && signal.identity && identityKey(identity) !== identityKey(signal.identity)
    ledger.add({ ...result.held, shown: ofAnother ? undefined : result.held.shown, guessed })
  }
  return (statement) => {
    const told = Object.fromEntries(Object.entries(statement).filter(([, said]) => said !== undefined)) as Statement
    const whose = credentials.isKeyHolder() && identity ? { identity } : {}
    const id = told.id ?? makeId(clock.now())
    const signal = { ...credentials.voice(), ...whose, source, ...told, id, at: told.at ?? clock.stamp() }
    capture(credentials.owner(), signal, told.at === undefined)
  }
}
