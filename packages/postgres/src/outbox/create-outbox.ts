import { randomUUID } from "node:crypto"
import type { LeasedOutgoing, OnceLedger, Outbox } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { columnsOf, placeOf, tenantsOf } from "../place/place-of.ts"
import { outboxStatements as sql } from "../sql/outbox-statements.ts"
import { putOutgoing } from "../write/put-outgoing.ts"

interface Row extends Omit<LeasedOutgoing, "key" | "to"> {
  readonly key: string | null
  readonly place: number
  /** When it was due. */
  readonly was: number
}

type Settled = Parameters<Outbox["settle"]>[0]

/** What is to be sent, and what may happen once. */
export const createOutbox = (database: Database): Outbox & OnceLedger => ({
  put: (outgoing) =>
    database.transaction(tenantsOf(outgoing.map(({ to }) => to)), async (transaction) =>
      putOutgoing(transaction, outgoing),
    ),
  async lease({ to, now, until, limit }) {
    const { tenant, bucket, name } = placeOf(to)
    const rows = await database.transaction([tenant], (transaction) =>
      transaction<Row>(sql.lease, [tenant, bucket, name, now, until, limit]),
    )
    return [...rows].sort(longestDueFirst).map(({ key, place: _place, was: _was, ...row }) => ({
      ...row,
      to,
      ...(key !== null && { key }),
    }))
  },
  settle: (settled) =>
    database.transaction(tenantsOf(settled.map(({ to }) => to)), async (transaction) => {
      const done = settled.filter(({ next }) => next === "done")
      const kept = settled.filter(({ next }) => next !== "done")
      if (done.length > 0) void transaction(sql.remove, namesOf(done))
      if (kept.length > 0) void transaction(sql.postpone, [...namesOf(kept), kept.map(({ next }) => dueAt(next))])
    }),
  once(full, until) {
    const { tenant, bucket, name } = placeOf(full)
    const claim = randomUUID()
    return database.transaction([tenant], async (transaction) => {
      void transaction(sql.claim, [tenant, bucket, name, until, claim])
      const [holder] = await transaction<{ readonly claim: string }>(sql.holder, [tenant, bucket, name])
      return holder?.claim === claim
    })
  },
})

const namesOf = (settled: Settled) => [...columnsOf(settled.map(({ to }) => placeOf(to))), settled.map(({ id }) => id)]

const dueAt = (next: Settled[number]["next"]): number | null => (typeof next === "number" ? next : null)

const longestDueFirst = (a: Row, b: Row): number => a.was - b.was || a.place - b.place
