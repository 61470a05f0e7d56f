import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const source = fileURLToPath(new URL("../../../packages/postgres/src/", import.meta.url))

/** Statements that do not name where a row lives, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  keys: "a walk over all customers in the background; an index of its own leads it from page to page",
  pruneSeen: "retention, one range of buckets at a time",
  pruneSwept: "retention of a small table",
  pruneOnce: "retention of a small table",
  pruneOutbox: "retention of a small table",
  forgetOutgoing: "erasure: the outbox lies by receiver, and this looks by customer, by an index of its own",
  chains: "the names of the few chains there are",
  waiting: "the names of chains with notes that are not linked yet",
  now: "reads no table",
  horizon: "reads no table of customers",
  notify: "reads no table",
  listen: "reads no table",
  isThere: "the schema as a whole",
  form: "the schema as a whole",
  worksWith: "the schema as a whole",
  lock: "the schema as a whole",
  giveWay: "the schema as a whole",
  begin: "the schema as a whole",
  done: "the schema as a whole",
  settings: "the schema as a whole",
  grant: "the schema as a whole",
}

const files = readdirSync(join(source, "sql"))
const statements = (
  await Promise.all(
    files.map(async (file) => {
      const exported = (await import(join(source, "sql", file))) as Record<string, Record<string, unknown>>
      return Object.values(exported).flatMap((group) =>
        Object.entries(group).map(([name, text]) => ({
          file,
          name,
          text: typeof text === "function" ? String(text("x")) : String(text),
        })),
      )
    }),
  )
).flat()

/** Every table and every join of one says tenant and bucket. */
const namesItsPlace = (text: string): boolean => {
  const reads = text.match(/tellonce\.(context|signal|seen|swept|note|audit|chain|outbox|once)\b/g) ?? []
  return reads.length > 0 && /\btenant\b/.test(text) && /\bbucket\b/.test(text)
}

it("there are statements to look at", () => {
  expect(statements.length).toBeGreaterThan(40)
})

it.each(statements.filter(({ file, name }) => file !== "schema-statements.ts" && !(name in exceptions)))(
  "$file $name names the tenant and the bucket of every row it touches",
  ({ text }) => {
    expect(namesItsPlace(text)).toBe(true)
    // Of large tables only the partitions that are touched are planned for: their buckets are in the statement itself.
    for (const [, table, alias] of text.matchAll(
      /(?:FROM|JOIN|UPDATE|USING) tellonce\.(context|signal|seen) (?:AS )?(\w+)/g,
    )) {
      expect(`${table}: ${text}`).toContain(`${alias}.bucket = ANY ($2::int[])`)
    }
  },
)

it("every exception is of a statement there is", () => {
  const names = new Set(statements.map(({ name }) => name))
  expect(Object.keys(exceptions).filter((name) => !names.has(name))).toEqual([])
})

it("a statement that forgets its place would be found", () => {
  expect(namesItsPlace("SELECT * FROM tellonce.context c WHERE c.identity = $1")).toBe(false)
})

it("no statement stands anywhere else, but for what makes the schema and rules a transaction", () => {
  const elsewhere = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("sql/") && file !== "schema/tables.ts",
  )
  const found = elsewhere.filter((file) =>
    /\b(FROM|INTO|UPDATE|TABLE) tellonce\./.test(readFileSync(join(source, file), "utf8")),
  )
  expect(found).toEqual([])
})
