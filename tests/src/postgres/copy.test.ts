import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { createSqliteStore, createTellonce } from "@tellonce/node"
import { createPostgresStore } from "@tellonce/postgres"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { shop } from "../../promises/shop.ts"
import { type Postgres, startPostgres } from "./start-postgres.ts"

const root = new URL("../../../", import.meta.url)
const bin = fileURLToPath(new URL("packages/node/bin/tellonce.mjs", root))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href
const keys = { publishable: "pk_for-the-copy", secret: "sk_for-the-copy-test-alone" }

let postgres: Postgres
let directory: string
let database: string
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  database = await postgres.createDatabase()
  url = postgres.url(database)
  directory = await mkdtemp(join(tmpdir(), "tellonce-copy-"))
  const config = { context: new URL("tests/promises/shop.ts", root).href, file: join(directory, "shop.db") }
  await writeFile(
    join(directory, "config.mjs"),
    `import { shop } from ${JSON.stringify(config.context)}
export const tellonce = { context: shop, keys: ${JSON.stringify(keys)}, store: { url: ${JSON.stringify(url)} }, log: false }`,
  )
  await fillSqlite(config.file)
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
  await rm(directory, { recursive: true, force: true })
})

const commandOf = (...args: readonly string[]) => [
  ...["--conditions=@tellonce/source", "--import", tsx, bin, ...args],
  ...["--config", join(directory, "config.mjs")],
]
const options = { cwd: fileURLToPath(new URL("tests", root)) }

/** The same on a terminal: `script` gives it a pseudo-terminal and says what was shown there. */
const onTerminal = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const command = [process.execPath, ...commandOf(...args)].map((word) => `'${word}'`).join(" ")
    execFile("script", ["-qec", command, "/dev/null"], options, (_failed, out) => resolve(out))
  })

/** In the tests' folder, where the package of the PostgreSQL store is to be found. */
const tellonce = (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, commandOf(...args), options, (failed, out, err) =>
      resolve({ code: failed ? Number(failed.code) : 0, out: out || err, err }),
    )
  })

const ada = { kind: "email", value: "ada@example.com" }
const visitor = { kind: "anonymous", value: "v-1" }

const fillSqlite = async (path: string) => {
  const service = createTellonce({ context: shop, store: await createSqliteStore({ path }), keys, log: false })
  for (let number = 0; number < 40; number++) {
    const facts = { order: `A-${number}`, viewed: `page ${number % 7}` }
    await service.record([
      { identity: ada, channel: "web", source: "test", facts },
      { identity: { kind: "user", value: `${number % 9}` }, channel: "mail", source: "test", facts },
    ])
  }
  await service.record([{ identity: visitor, channel: "web", source: "test", facts: { note: "to be erased" } }])
  await service.link(visitor, { kind: "user", value: "1" }, "test")
  await service.erase({ kind: "user", value: "2" })
  await service.close?.()
}

describe("from SQLite to PostgreSQL", { timeout: 120_000 }, () => {
  it("migrate prepares the database, once and again", async () => {
    expect(JSON.parse((await tellonce("migrate", "--json")).out)).toMatchObject({ ok: true, from: 0 })
    const { from, to } = JSON.parse((await tellonce("migrate", "--json")).out)
    expect(from).toBe(to)
  })

  it("copy brings everything over, with equal hashes, and the second time finds it there", async () => {
    const first = await tellonce("copy", "--from", `sqlite:${join(directory, "shop.db")}`, "--json")
    const report = JSON.parse(first.out)
    expect([first.code, report]).toMatchObject([0, { ok: true, different: 0, remains: true, audit: { ok: true } }])
    expect(report.keys).toBeGreaterThan(8)
    expect(report.audit.records).toBeGreaterThan(20)
    expect(report.hash.to).toBe(report.hash.from)
    const again = await tellonce("copy", "--from", `sqlite:${join(directory, "shop.db")}`, "--json")
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { ok: true, copied: 0 }])
  })

  it("on a terminal a bar shows how far each part is; elsewhere there is none", async () => {
    const from = ["--from", `sqlite:${join(directory, "shop.db")}`]
    const shown = await onTerminal("copy", ...from)
    for (const part of ["customers", "trail", "checking"]) {
      expect(shown).toMatch(new RegExp(`${part} +\\[=+\\] 100% \\| (\\d+) of \\1 \\|`))
    }
    expect(shown).toContain("The copy holds what the original holds.")
    expect(await tellonce("copy", ...from)).toMatchObject({ code: 0, err: "" })
  })

  it("verify finds the copy whole, and finds a document that was changed behind its back", async () => {
    const whole = await tellonce("verify", "--json")
    expect([whole.code, JSON.parse(whole.out)]).toMatchObject([0, { ok: true, contexts: { different: 0 } }])
    await postgres.query("UPDATE tellonce.context SET document = replace(document, 'A-3', 'B-3')", { database })
    expect((await tellonce("verify")).code).toBe(1)
    await postgres.query("UPDATE tellonce.context SET document = replace(document, 'B-3', 'A-3')", { database })
  })

  it("the copy serves: customers, links and erasures are as they were", async () => {
    const service = createTellonce({
      context: shop,
      store: await createPostgresStore({ connection: url }),
      keys,
      log: false,
    })
    expect(await service.view(ada)).toMatchObject({ order: { value: "A-39" } })
    expect((await service.customer(visitor)).identities).toContain("user:1")
    expect((await service.customer({ kind: "user", value: "2" })).seq).toBe(0)
    await service.close?.()
  })
})
