import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { pagesWithSnippets, promisedBy, readPage, runSnippet, snippetsOf } from "./run-snippet.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
/** Its snippet needs a database: it has a test of its own. */
const elsewhere = "packages/postgres/README.md"

describe.each(pagesWithSnippets)("%s", (page) => {
  const text = readPage(page)
  const snippets = page === elsewhere ? [] : snippetsOf(text).map((snippet, index) => [index + 1, snippet] as const)
  // What a package's README shows may be for a page, or serve until it is stopped: then it prints nothing.
  const runs = snippets.filter(([, snippet]) => !page.startsWith("packages/") || promisedBy(snippet).length > 0)

  it.concurrent.each(runs)(
    "snippet %i runs as it stands and prints what it says",
    async (_, snippet) => {
      expect(snippet.trim().split("\n").length).toBeLessThanOrEqual(page === "README.md" ? 15 : 40)
      const promised = promisedBy(snippet)
      expect(promised.length).toBeGreaterThan(0)
      expect(await runSnippet(snippet)).toEqual(promised)
    },
    30_000,
  )

  it("its links lead somewhere", () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? "")
    const broken = links.filter((link) => !existsSync(join(root, dirname(page), link)))
    expect(broken).toEqual([])
  })
})

it("the README's packages are those of the house", () => {
  const readme = readFileSync(`${root}README.md`, "utf8")
  const named = [...readme.matchAll(/`@tellonce\/(\w+)`\]\(packages\/(\w+)\)/g)].map(([, name, folder]) => [
    name,
    folder,
  ])
  expect(named.map(([name]) => name).sort()).toEqual(readdirSync(`${root}packages`).sort())
  expect(named.every(([name, folder]) => name === folder)).toBe(true)
})
