import { createHash } from "node:crypto"
import { TellonceError } from "@tellonce/core"
import type { Erasure } from "./erasure-ledger.ts"

/** Bytes of one record: 32 of subject, 10 of epoch, 3 to tell a torn one, two spaces and a line feed. */
export const recordSize = 48

export const toRecord = ({ subject, epoch }: Erasure): string => {
  const said = `${subject} ${String(epoch).padStart(10, "0")}`
  return `${said} ${checkOf(said)}\n`
}

const checkOf = (said: string): string => createHash("sha256").update(said).digest("hex").slice(0, 3)

/**
 * The records of a ledger up to the empty rest of its file. A torn record is the end: it was never answered for. One that has others
 * behind it is damage, be it torn or zeros, and a ledger that forgets is worse than a service that does not start.
 */
export const parseRecords = (bytes: Buffer): readonly Erasure[] => {
  const found: Erasure[] = []
  for (let at = 0; at < bytes.length; at += recordSize) {
    const erasure = parseRecord(bytes.toString("latin1", at, at + recordSize))
    if (erasure) found.push(erasure)
    else if (bytes.subarray(at + recordSize).some((byte) => byte !== 0)) throw damaged()
    else break
  }
  return found
}

const parseRecord = (text: string): Erasure | undefined => {
  const [, said = "", subject = "", epoch = "", check] = /^(([0-9a-f]{32}) (\d{10})) ([0-9a-f]{3})\n$/.exec(text) ?? []
  return check !== undefined && check === checkOf(said) ? { subject, epoch: Number(epoch) } : undefined
}

const damaged = () =>
  new TellonceError(
    "erasure/ledger_damaged",
    "The erasure ledger has a damaged record, so somebody who was erased could come back. Restore the ledger's file from its newest copy.",
  )
