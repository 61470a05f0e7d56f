import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { promisedBy, runSnippet, snippetsOf } from "../run-snippet.ts"
import { startPostgres } from "./start-postgres.ts"

it("the snippet of the package's README runs as it stands and prints what it says", async () => {
  const readme = readFileSync(fileURLToPath(new URL("../../../packages/postgres/README.md", import.meta.url)), "utf8")
  const [snippet = ""] = snippetsOf(readme)
  const postgres = await startPostgres()
  process.env.DATABASE_URL = postgres.url(await postgres.createDatabase())
  try {
    expect(await runSnippet(snippet)).toEqual(promisedBy(snippet))
  } finally {
    delete process.env.DATABASE_URL
    await postgres.stop()
  }
}, 60_000)
