import type { Millis } from "@tellonce/core"
import type { ClientBase, QueryResult } from "pg"
import { Fault } from "./fault.ts"

/**
 * Sends a statement and answers its rows. Statements are sent without waiting for those before: whoever needs no answer does not await, and
 * a failure of one fails the transaction.
 */
export type Transaction = <Row = never>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>

export interface TransactionOptions {
  readonly tenants: readonly string[]
  readonly statementTimeout: Millis
}

/** No transaction is committed that began longer ago. */
const longest = ({ statementTimeout }: TransactionOptions): Millis => 3 * statementTimeout

/** How long after it began a transaction may be seen by others, its COMMIT included. */
export const lateness = (statementTimeout: Millis): Millis => 4 * statementTimeout

export const runTransaction = async <Result>(
  client: ClientBase,
  options: TransactionOptions,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> => {
  const sent: Promise<unknown>[] = []
  const send = (text: string, values?: readonly unknown[]): Promise<QueryResult> => {
    const sending = (values ? client.query(text, [...values]) : client.query(text)).catch((thrown: unknown) => {
      throw new Fault(thrown)
    })
    sent.push(sending)
    // It is awaited at the end; until then it is not unhandled.
    sending.catch(() => {})
    return sending
  }
  const began = performance.now()
  let isWarned = false
  const warn = () => {
    isWarned = true
  }
  send(beginning(options))
  try {
    const result = await work(<Row>(text: string, values?: readonly unknown[]) => {
      const rows = send(text, values).then((answer) => answer.rows as readonly Row[])
      // The same of it: whoever does not await it learns of it all the same.
      rows.catch(() => {})
      return rows
    })
    // Whoever reads the log counts on it that nothing is committed long after it was given its place.
    if (performance.now() - began > longest(options)) throw new Fault({ code: "57014", message: "It took too long." })
    client.on("notice", warn)
    const committed = send(ending)
    await Promise.all(sent)
    // It is kept here, perhaps not on the standby: the server was told not to wait any longer.
    if (isWarned) throw new Fault(new Error("COMMIT did not wait for its standby."))
    if (!isCommitted(await committed)) throw new Fault(new Error("The transaction was rolled back."))
    return result
  } catch (thrown) {
    const first = await firstFault(sent)
    if (!(first instanceof Fault && first.kind === "lost")) await send("ROLLBACK").catch(() => {})
    throw thrown instanceof Fault ? (first ?? thrown) : thrown
  } finally {
    client.off("notice", warn)
  }
}

/** All in one message, and for this transaction alone: nothing of it outlives it behind a pooler. Tenants are made of letters, digits and hyphens. */
const beginning = ({ tenants, statementTimeout }: TransactionOptions): string =>
  `BEGIN; SET LOCAL tellonce.tenant = '${toSetting(tenants)}'; SET LOCAL statement_timeout = ${statementTimeout}; ` +
  `SET LOCAL idle_in_transaction_session_timeout = ${statementTimeout}`

/** Marked one by one, so that the tenant without a name is in the list, too. */
const toSetting = (tenants: readonly string[]): string =>
  tenants.includes("*") ? "*" : tenants.map((tenant) => `=${tenant}`).join(",")

/** A time-out in COMMIT would end the wait for the standby and keep the transaction: it would be confirmed without being safe. */
const ending = "SET LOCAL statement_timeout = 0; COMMIT"

const isCommitted = (result: QueryResult | readonly QueryResult[]): boolean =>
  (Array.isArray(result) ? result.at(-1) : result)?.command === "COMMIT"

/** What follows the first fault says only that the transaction has failed. */
const firstFault = async (sent: readonly Promise<unknown>[]): Promise<unknown> => {
  for (const settled of await Promise.allSettled(sent))
    if (settled.status === "rejected") return settled.reason as unknown
  return undefined
}
