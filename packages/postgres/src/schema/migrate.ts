import { isTellonceError, type Millis, TellonceError } from "@tellonce/core"
import type { Client } from "pg"
import { Fault, toFailure } from "../connection/fault.ts"
import { findPrimary } from "../connection/find-primary.ts"
import { type ConnectOptions, toTarget } from "../connection/to-target.ts"
import { schemaStatements as sql } from "../sql/schema-statements.ts"
import { type Migration, migrations as ours } from "./migrations.ts"

export interface MigrateOptions extends ConnectOptions {
  /** A role that exists and is to run the service: it is granted what that needs and no more. */
  readonly role?: string | undefined
}

export interface Migrated {
  readonly from: number
  readonly to: number
}

/** Brings the schema to the present form. Several may do it at once: one does, the others wait and find it done. */
export const migrate = (
  { role, ...options }: MigrateOptions,
  migrations: readonly Migration[] = ours,
): Promise<Migrated> =>
  onPrimary(options, async (client) => {
    const from = await formOf(client)
    const newest = migrations.at(-1)?.version ?? 0
    const due = migrations.filter(({ version }) => version > from)
    if (from > newest) await demandReadable(client, from, newest)
    if (due.length > 0) await runPatiently(client, migrations)
    if (role !== undefined) await client.query(sql.grant(client.escapeIdentifier(role)))
    return { from, to: Math.max(from, newest) }
  })

/** Where a deployment migrates: throws when the schema is not there, or is of a form that this release cannot work with. */
export const demandSchema = (options: ConnectOptions): Promise<void> =>
  onPrimary(options, async (client) => {
    const [form, newest] = [await formOf(client), ours.at(-1)?.version ?? 0]
    if (form > newest) await demandReadable(client, form, newest)
    if (form >= newest) return
    const text = `The schema has form ${form}, and this release needs form ${newest}. Run \`npx tellonce migrate\`.`
    throw new TellonceError("store/migrate", text)
  })

/** What the server says goes the way of all faults: `store/unavailable` where nobody takes writes. */
const onPrimary = async <Result>(
  options: ConnectOptions,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  const { client } = await findPrimary(toTarget(options)).catch((thrown) => Promise.reject(toFailure(thrown)))
  try {
    return await work(client)
  } catch (thrown) {
    throw isTellonceError(thrown) ? thrown : toFailure(new Fault(thrown))
  } finally {
    await client.end()
  }
}

/** The form of the schema; 0 where there is none. */
const formOf = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ there: boolean }>(sql.isThere)
  if (!rows[0]?.there) return 0
  const found = await client.query<{ version: number }>(sql.form)
  return found.rows[0]?.version ?? 0
}

const tries = 60
const rest: Millis = 1_000

/** A step that would wait long for a table gives way, since all who come after it would wait with it: a dump that runs for an hour stops nobody. */
const runPatiently = async (client: Client, migrations: readonly Migration[]) => {
  for (let left = tries; ; left--) {
    try {
      return await run(client, migrations)
    } catch (thrown) {
      if ((thrown as { readonly code?: string }).code !== "55P03" || left === 0) throw notMigrated(thrown)
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
  }
}

const run = async (client: Client, migrations: readonly Migration[]) => {
  await client.query("BEGIN")
  try {
    await client.query(sql.lock)
    await client.query(sql.giveWay)
    await client.query(sql.begin)
    const { rows } = await client.query<{ version: number }>(sql.form)
    const from = rows[0]?.version ?? 0
    for (const { version, text, worksWith } of migrations.filter((one) => one.version > from)) {
      await client.query(text)
      await client.query(sql.done, [version, worksWith])
    }
    await client.query("COMMIT")
  } catch (thrown) {
    await client.query("ROLLBACK").catch(() => {})
    throw thrown
  }
}

const notMigrated = (cause: unknown) =>
  new TellonceError(
    "store/migrate",
    "The schema could not be brought to the form of this release. Run `npx tellonce migrate` as a role that may create schemas in this database, and while no other session holds its tables for long.",
    { cause },
  )

const demandReadable = async (client: Client, found: number, newest: number) => {
  const { rows } = await client.query<{ works_with: number }>(sql.worksWith)
  if ((rows[0]?.works_with ?? found) <= newest) return
  throw new TellonceError(
    "store/newer",
    `The schema has form ${found}, which this release (form ${newest}) cannot work with. Start a later release.`,
  )
}
