import type { Outgoing } from "@tellonce/core"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, placeOf } from "../place/place-of.ts"
import { outboxStatements as sql } from "../sql/outbox-statements.ts"

/** Puts what is to be sent, with whatever else the transaction does. */
export const putOutgoing = (transaction: Transaction, outgoing: readonly Outgoing[]): void => {
  if (outgoing.length === 0) return
  void transaction(sql.put, [
    ...columnsOf(outgoing.map(({ to }) => placeOf(to))),
    outgoing.map(({ id }) => id),
    outgoing.map(({ at }) => at),
    outgoing.map(({ body }) => body),
    outgoing.map(({ key }) => key),
  ])
}
