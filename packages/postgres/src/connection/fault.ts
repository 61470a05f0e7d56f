import { isTellonceError, TellonceError } from "@tellonce/core"

/** Why the database did not do something: `lost`, look for the primary again; `again`, the same once more; `refused`, nothing helps. */
export type FaultKind = "lost" | "again" | "refused"

/** What the driver or the server threw, as opposed to what a caller's own code threw in a transaction. */
export class Fault extends Error {
  readonly kind: FaultKind
  /** SQLSTATE, or Node's code. */
  readonly code: string

  constructor(thrown: unknown) {
    const { code = "unknown", message } = thrown as { code?: string; message: string }
    super(message, { cause: thrown })
    this.code = code
    this.kind = kindOf(code)
  }
}

/** 25006: it has become read-only; 57P0x: it is going down or coming up; 08*: the connection; what is no SQLSTATE: the driver or the network. */
const lost = /^(25006|57P0\d|08\w{3}|XX000)$/
/** Deadlocks, serialisation, time-outs of statements and locks, no room for one more connection. */
const again = /^(40001|40P01|55P03|57014|53300|53400|25P0[234])$/

/** With a figure in it, which `EPIPE` has not. */
const sqlState = /^(?=.*\d)[0-9A-Z]{5}$/

const kindOf = (code: string): FaultKind => {
  if (lost.test(code) || !sqlState.test(code)) return "lost"
  return again.test(code) ? "again" : "refused"
}

/** Not now: whoever called may send the same again, and nothing of it is kept twice. */
const unavailable = (fault: Fault): TellonceError => {
  const state = fault.kind === "again" ? "PostgreSQL is too busy" : "No PostgreSQL server takes writes at the moment"
  const cure = "What was sent is not confirmed: send the same again in a moment, it counts once."
  return new TellonceError("store/unavailable", `${state} (${fault.code}). ${cure}`, { cause: fault })
}

/** A fault that nothing helps, as the store's; what a caller's own code threw stays as it is. */
export const toFailure = (thrown: unknown): unknown => {
  if (!(thrown instanceof Fault) || isTellonceError(thrown)) return thrown
  if (thrown.kind !== "refused") return unavailable(thrown)
  if (/^53[12]00$/.test(thrown.code)) {
    const text = "The database server has no room left. Nothing of this was kept: free some, and send it again."
    return new TellonceError("store/full", text, { cause: thrown })
  }
  // The server's message may quote values, which may be personal: it stays in the cause.
  const text = `PostgreSQL refused this (${thrown.code}). Nothing of it was kept; the cause says why.`
  return new TellonceError("store/failed", text, { cause: thrown })
}
