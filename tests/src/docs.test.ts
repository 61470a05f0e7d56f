import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { promisedBy, runSnippet, snippetsOf } from "./run-snippet.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const pages = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
]

describe.each(pages)("%s", (page) => {
  const text = readFileSync(`${root}${page}`, "utf8")
  const snippets = snippetsOf(text)

  it.concurrent.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
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
    const broken = links.filter((link) => !existsSync(`${root}${page.includes("/") ? "docs/" : ""}${link}`))
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
