import { type ContextDefinition, type Identity, identityKey, type Statement } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { RefusedSignal } from "./client-options.ts"
import type { Credentials } from "./credentials.ts"
import { type Held, toHeld } from "./held.ts"
import type { ServerClock } from "./server-clock.ts"

export interface RecorderOptions {
  readonly definition: ContextDefinition
  readonly source: string
  readonly identity: Identity | undefined
  readonly credentials: Credentials
  readonly clock: ServerClock
  readonly has: (id: string) => boolean
  readonly onHeld: (held: Held) => void
  readonly onRefused: (refused: RefusedSignal) => void
}

/** Makes a statement a signal: gives it what its channel does not know, and checks it as the service will. */
export const createRecorder = (options: RecorderOptions): ((statement: Statement) => void) => {
  const { definition, source, identity, credentials, clock } = options
  return (statement) => {
    const told = Object.fromEntries(Object.entries(statement).filter(([, said]) => said !== undefined)) as Statement
    const whose = credentials.isKeyHolder() && identity ? { identity } : {}
    const id = told.id ?? uuid()
    if (options.has(id)) return
    const at = told.at ?? clock.stamp()
    const signal = { ...credentials.voice(), ...whose, source, ...told, id, at }
    const result = toHeld(definition, { owner: credentials.owner(), signal })
    if (!result.ok) return options.onRefused({ id, code: result.code, message: result.message })
    const { held } = result
    const ofAnother = identity && signal.identity && identityKey(identity) !== identityKey(signal.identity)
    options.onHeld({ ...held, shown: ofAnother ? undefined : held.shown, guessed: told.at === undefined })
  }
}
