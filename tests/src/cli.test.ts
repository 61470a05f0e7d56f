import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { createSqliteStore } from "@tellonce/node"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { bundleService } from "../bundle-service.mjs"

const pathOf = (place: string) => fileURLToPath(new URL(`../../packages/${place}`, import.meta.url))
const keys = { publishable: "pk_for-the-cli", secret: "sk_for-the-cli-test-alone" }
const ada = "email:ada@example.com"

let bundled: string
beforeAll(async () => {
  bundled = await bundleService({
    name: `cli-${process.pid}`,
    programs: {
      tellonce: pathOf("node/bin/tellonce.mjs"),
      core: pathOf("core/src/index.ts"),
      ledger: pathOf("node/src/privacy/file-erasure-ledger.ts"),
    },
  })
})
afterAll(() => rm(bundled, { recursive: true, force: true }))

let directory: string
const running = new Set<ChildProcess>()

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tellonce-cli-"))
  await mkdir(join(directory, "node_modules/@tellonce"), { recursive: true })
  await writeFile(join(directory, "tellonce.config.mjs"), config())
})
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL")
  running.clear()
  await rm(directory, { recursive: true, force: true })
})

/** The library by its place: a temporary directory has no node_modules. */
const config = () => `
import { defineContext, latest } from ${JSON.stringify(pathToFileURL(join(bundled, "core.mjs")).href)}
import * as z from ${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve("zod")).href)}
export const tellonce = {
  context: defineContext({ name: "shop", version: 1, fields: { orderNumber: latest(z.string()) } }),
  keys: ${JSON.stringify(keys)},
  store: { path: "data/shop.db" },
  log: false,
}
`

const withLedger = () => `
import { createFileErasureLedger } from ${JSON.stringify(pathToFileURL(join(bundled, "ledger.mjs")).href)}
${config().replace("log: false,", `log: false, erasures: await createFileErasureLedger({ path: "ledger", pepper: "a pepper for the tests" }),`)}`

const start = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(bundled, "tellonce.mjs"), ...args], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  })
  running.add(child)
  let out = ""
  let err = ""
  child.stdout.on("data", (text) => {
    out += text
  })
  child.stderr.on("data", (text) => {
    err += text
  })
  const ended = once(child, "exit").then(([code]) => ({ code: code as number, out, err }))
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(out)
      if (found) return found
      if (child.exitCode !== null) throw new Error(`It ended: ${out}${err}`)
      await Promise.race([once(child.stdout, "data"), ended])
    }
  }
  return { child, ended, said }
}
const tellonce = (...args: readonly string[]) => start(...args).ended

/** In a process of its own: the driver lets go of a file only when its process ends. */
const tamper = (sql: string) => {
  const script = `new (require("libsql"))(process.argv[1]).exec(process.argv[2])`
  execFileSync(process.execPath, ["-e", script, join(directory, "data/shop.db"), sql], { cwd: pathOf("node") })
}

const call = async (url: string, path: string, body?: object, key = keys.secret) => {
  const response = await fetch(url + path, {
    headers: { authorization: `Bearer ${key}` },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  })
  return (await response.json()) as { readonly [name: string]: unknown }
}

const said = (id: string, orderNumber: string) => ({
  id,
  at: Date.now(),
  identity: { kind: "email", value: "ada@example.com" },
  authority: "customer",
  channel: "web-chat",
  source: "test",
  facts: { orderNumber },
})

/** Fills the store through the served command, as anyone would. */
const serveSome = async () => {
  const { child, ended, said: saidSo } = start("serve", "--port", "0", "--json")
  const [, url = ""] = await saidSo(/"url":"([^"]+)"/)
  await call(url, "/v1/signals", { signals: [said("1", "A-1"), said("2", "A-2")] })
  const { hash } = await call(url, `/v1/hash?identity=${ada}`)
  child.kill("SIGTERM")
  return { ...(await ended), hash }
}

describe("tellonce", { timeout: 60_000 }, () => {
  it("names its commands, and says what is wrong with one it does not have", async () => {
    const help = await tellonce("--help")
    expect([help.code, help.out]).toEqual([0, expect.stringContaining("rotate-keys")])
    const unknown = await tellonce("frobnicate")
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('no command "frobnicate"')])
    const option = await tellonce("verify", "--frobnicate")
    expect([option.code, option.err]).toEqual([2, expect.stringContaining("cli/usage")])
  })

  it("says what is wrong with a configuration", async () => {
    const missing = await tellonce("serve", "--config", "nowhere.mjs")
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("nowhere.mjs")])
    await writeFile(join(directory, "bad.mjs"), "export const tellonce = { store: 7 }")
    const bad = await tellonce("serve", "--config", "bad.mjs", "--json")
    expect([bad.code, JSON.parse(bad.err).error.message]).toEqual([2, expect.stringContaining("tellonce.store")])
    await writeFile(join(directory, "part.mjs"), config().replace("context:", "contxt:"))
    const part = await tellonce("verify", "--config", "part.mjs")
    expect([part.code, part.err]).toEqual([2, expect.stringContaining("tellonce.context")])
    await writeFile(join(directory, "weak.mjs"), config().replace(keys.secret, "sk_short"))
    const weak = await tellonce("serve", "--config", "weak.mjs")
    expect([weak.code, weak.err]).toEqual([2, expect.stringContaining("config/keys")])
  })

  it("dev serves from memory and prints keys that work", async () => {
    await writeFile(join(directory, "keyless.mjs"), config().replace(/keys: .*,/, ""))
    const { child, ended, said: saidSo } = start("dev", "--config", "keyless.mjs", "--port", "0")
    const [text] = await saidSo(/[\s\S]*openapi\.json/)
    const [url = "", secret = ""] = [/http:\S+\d/.exec(text)?.[0], /sk_\S+/.exec(text)?.[0]]
    await call(url, "/v1/signals", { signals: [said("1", "A-1")] }, secret)
    expect(await call(url, `/v1/context?identity=${ada}`, undefined, secret)).toMatchObject({
      view: { orderNumber: { value: "A-1" } },
    })
    child.kill("SIGINT")
    expect((await ended).code).toBe(0)
  })

  it("serve stops at SIGTERM with all that it answered for, and serves it again", async () => {
    const first = await serveSome()
    expect([first.code, first.err]).toEqual([0, ""])
    const second = await serveSome()
    expect(second.hash).toBe(first.hash)
    expect(second.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it("verify finds a store as it was kept, and finds a context that was changed behind its back", async () => {
    await serveSome()
    const whole = await tellonce("verify", "--json")
    expect([whole.code, JSON.parse(whole.out)]).toMatchObject([
      0,
      { ok: true, contexts: { contexts: 1, different: 0 }, file: [] },
    ])
    tamper("UPDATE context SET encoded = replace(encoded, 'A-2', 'A-3')")
    const changed = await tellonce("verify")
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining("1 not as logged")])
  })

  it.each([["verify"], ["export", "--identity", ada, "--to", "ada.ndjson"], ["erase", "--identity", ada]])(
    "%s looks for no customers in a store that is not there, and makes none",
    async (...args) => {
      const nowhere = await tellonce(...args)
      expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("There is no store")])
      expect(await readdir(directory)).not.toContain("data")
    },
  )

  it("backup writes a file that serves as a store, and never over another", async () => {
    await serveSome()
    expect((await tellonce("backup", "--to", "copy.db")).code).toBe(0)
    const store = await createSqliteStore({ path: join(directory, "copy.db") })
    expect(await store.log({ keys: [ada] })).toHaveLength(2)
    await store.close?.()
    const again = await tellonce("backup", "--to", "copy.db")
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("is there already")])
  })

  it("backup of a store that is served is made by its service, which goes on, and leaves nothing lying about", async () => {
    const { said: saidSo } = start("serve", "--port", "0", "--json")
    const [, url = ""] = await saidSo(/"url":"([^"]+)"/)
    await call(url, "/v1/signals", { signals: [said("1", "A-1")] })
    const made = await tellonce("backup", "--to", "copy.db", "--url", url, "--json")
    expect([made.err, JSON.parse(made.out)]).toMatchObject(["", { served: true }])
    await call(url, "/v1/signals", { signals: [said("2", "A-2")] })
    const store = await createSqliteStore({ path: join(directory, "copy.db") })
    expect((await store.log({ keys: [ada] })).map(({ signal }) => signal.id)).toEqual(["1"])
    await store.close?.()
    await expect.poll(() => readdir(join(directory, "data"))).not.toContainEqual(expect.stringContaining("snapshot"))
    const foreign = await fetch(`${url}/v1/backups`, {
      method: "POST",
      headers: { authorization: `Bearer ${keys.publishable}` },
    })
    expect(foreign.status).toBe(403)
    const nowhere = await tellonce("backup", "--to", "other.db", "--url", "http://127.0.0.1:9")
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining("backup/unreachable")])
  })

  it("copy fills another store with the same, by hash, and one that is whole already is left as it is", async () => {
    await serveSome()
    const copied = await tellonce("copy", "--to", "sqlite:copy.db", "--json")
    const report = JSON.parse(copied.out || copied.err)
    expect([copied.code, report]).toMatchObject([0, { ok: true, keys: 1, copied: 1, remains: true }])
    expect(report.hash.to).toBe(report.hash.from)
    const back = await tellonce("copy", "--from", "sqlite:copy.db")
    expect([back.code, back.out]).toEqual([0, expect.stringContaining("1, 0 of them copied now, 0 not the same")])
    const nowhere = await tellonce("copy", "--from", "sqlite:nowhere.db")
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("There is no store")])
    const itself = await tellonce("copy", "--to", "sqlite:data/shop.db")
    expect([itself.code, itself.err]).toEqual([2, expect.stringContaining("two stores")])
  })

  it("a store is named by its URL, and what names none is not repeated, as it may hold a password", async () => {
    expect((await tellonce("migrate")).code).toBe(0)
    await writeFile(
      join(directory, "url.mjs"),
      config().replace('{ path: "data/shop.db" }', '{ url: "sqlite:data/shop.db" }'),
    )
    expect((await tellonce("verify", "--config", "url.mjs")).out).toContain("file      whole")
    const unknown = await tellonce("migrate", "--to", "mysql://shop:hush@127.0.0.1/shop")
    expect([unknown.code, unknown.err]).toEqual([2, expect.not.stringContaining("hush")])
  })

  it("serve ends with 70 when its file fails, so that a supervisor starts it again", async () => {
    await serveSome()
    const path = join(directory, "data/shop.db")
    const bytes = await readFile(path)
    await rm(`${path}-wal`, { force: true })
    // The first page names the tables; the pages after it are what they hold.
    await writeFile(path, Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 0xff)]))
    const { ended, said: saidSo } = start("serve", "--port", "0", "--json")
    const url = await Promise.race([saidSo(/"url":"([^"]+)"/).then(([, found]) => found), ended.then(() => undefined)])
    if (url !== undefined) await call(url, "/v1/signals", { signals: [said("3", "A-3")] }).catch(() => undefined)
    const { code, err } = await ended
    expect([code, err]).toEqual([70, expect.stringContaining("store/failed")])
  })

  it("export writes everything of a customer, erase leaves nothing of it, and import brings it back with a reason", async () => {
    await serveSome()
    const exported = await tellonce("export", "--identity", ada, "--to", "ada.ndjson")
    expect([exported.code, exported.err]).toEqual([0, ""])
    const lines = (await readFile(join(directory, "ada.ndjson"), "utf8")).trim().split("\n")
    const types = lines.map((line) => JSON.parse(line).type)
    expect(types).toEqual(["export", "context", "signal", "signal", "summary"])
    expect((await tellonce("export", "--identity", ada, "--to", "ada.ndjson")).code).toBe(1)
    const erased = await tellonce("erase", "--identity", ada, "--json")
    expect([erased.code, JSON.parse(erased.out)]).toMatchObject([0, { identities: 1, epoch: 1 }])
    expect(erased.out).not.toContain("ada@")
    for (const file of ["shop.db", "shop.db-wal"]) {
      const bytes = await readFile(join(directory, "data", file)).catch(() => Buffer.alloc(0))
      expect(bytes.includes("A-2")).toBe(false)
    }
    expect((await tellonce("erase", "--identity", "ada")).code).toBe(2)
    const refused = await tellonce("import", "--from", "ada.ndjson")
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^[a-z]+\/[a-z_]+: /)])
    const back = await tellonce("import", "--from", "ada.ndjson", "--reaffirm", "new_contract", "--json")
    expect([back.code, JSON.parse(back.out)]).toMatchObject([0, { signals: 2, same: true }])
  })

  it("restore brings back a backup without whoever was erased since, and never over a store", async () => {
    await writeFile(join(directory, "tellonce.config.mjs"), withLedger())
    await serveSome()
    expect((await tellonce("backup", "--to", "copy.db")).code).toBe(0)
    expect((await tellonce("erase", "--identity", ada)).code).toBe(0)
    const over = await tellonce("restore", "--from", "copy.db")
    expect([over.code, over.err]).toEqual([2, expect.stringContaining("Move it away")])
    await rm(join(directory, "data/shop.db"))
    await rm(join(directory, "data/shop.db-wal"), { force: true })
    const restored = await tellonce("restore", "--from", "copy.db", "--json")
    expect([restored.code, JSON.parse(restored.out)]).toMatchObject([0, { ok: true, ledger: true }])
    const store = await createSqliteStore({ path: join(directory, "data/shop.db") })
    expect(await store.log({ keys: [ada] })).toEqual([])
    await store.close?.()
  })

  it("rotate-keys makes keys that are new each time, and touches nothing", async () => {
    const before = await readFile(join(directory, "tellonce.config.mjs"), "utf8")
    const [one, two] = [await tellonce("rotate-keys", "--json"), await tellonce("rotate-keys", "--json")]
    const made = [one, two].map(({ out }) => JSON.parse(out).keys.secret)
    expect(new Set(made).size).toBe(2)
    for (const key of made) expect(key).toMatch(/^sk_[\w-]{32}$/)
    expect(await readFile(join(directory, "tellonce.config.mjs"), "utf8")).toBe(before)
  })
})
