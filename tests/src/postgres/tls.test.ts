import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPostgresStore } from "@tellonce/postgres"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { certificate, privateKey } from "./certificate.fixture.ts"
import { prepareBinaries } from "./prepare-binaries.ts"
import { type Postgres, startPostgres } from "./start-postgres.ts"

const directory = mkdtempSync(join(tmpdir(), "tellonce-tls-"))
let postgres: Postgres

beforeAll(async () => {
  const files = { cert: join(directory, "cert.pem"), key: join(directory, "key.pem") }
  writeFileSync(files.cert, certificate)
  writeFileSync(files.key, privateKey, { mode: 0o600 })
  const { user } = prepareBinaries()
  if (user) for (const path of [directory, files.cert, files.key]) chownSync(path, user.uid, user.gid)
  postgres = await startPostgres({ settings: { ssl: "on", ssl_cert_file: files.cert, ssl_key_file: files.key } })
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
})

it("all connections are encrypted, the one that listens, too, where a certificate is demanded and is the one that was named", async () => {
  const database = await postgres.createDatabase()
  const store = await createPostgresStore({ connection: postgres.url(database), ssl: { ca: certificate } })
  await store.read(["user:1"])
  store.watch(() => {})
  await vi.waitFor(async () => {
    const sessions = await postgres.query(
      `SELECT ssl, query FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = '${database}'`,
    )
    expect(sessions.some(({ query }) => /LISTEN/i.test(String(query)))).toBe(true)
    expect(sessions.map(({ ssl }) => ssl)).not.toContain(false)
  }, 10_000)
  await store.close()
})

it("a server whose certificate nobody known has signed is not spoken to", async () => {
  const database = await postgres.createDatabase()
  const opening = createPostgresStore({ connection: postgres.url(database), ssl: true, patience: 500 })
  await expect(opening).rejects.toThrow(/SELF_SIGNED/)
})

it("sslmode in the connection string is never less than it says: where it demands TLS the certificate is checked", async () => {
  const connection = postgres.url(await postgres.createDatabase())
  const open = (mode: string) => createPostgresStore({ connection: `${connection}?sslmode=${mode}`, patience: 500 })
  for (const mode of ["require", "verify-full"]) await expect(open(mode)).rejects.toThrow(/SELF_SIGNED/)
  await expect(open("prefer")).rejects.toMatchObject({ code: "config/connection" })
  await (await open("disable")).close()
})
