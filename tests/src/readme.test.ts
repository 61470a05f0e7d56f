import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))
const readme = readFileSync(`${root}README.md`, "utf8")
const snippet = /<!-- snippet:[^>]*-->\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ""

it("the README's snippet is at most 15 lines, runs as it stands, and prints what it says", () => {
  expect(snippet.trim().split("\n").length).toBeLessThanOrEqual(15)
  const promised = /console\.log\(.*\) \/\/ (.*)/.exec(snippet)?.[1]?.replace(",", "")
  const folder = `${root}tests/.snippets`
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/readme-${process.pid}.ts`
  writeFileSync(file, snippet)
  try {
    const printed = execFileSync(process.execPath, ["--conditions=@tellonce/source", "--import", "tsx", file], {
      cwd: root,
      encoding: "utf8",
    })
    expect(printed.trim()).toBe(promised)
    expect(promised).toBe("skip known from web chat, just now")
  } finally {
    rmSync(file)
  }
})

it("the README's packages are those of the house", () => {
  const named = [...readme.matchAll(/`@tellonce\/(\w+)`\]\(packages\/(\w+)\)/g)].map(([, name, folder]) => [
    name,
    folder,
  ])
  expect(named.map(([name]) => name).sort()).toEqual(["chat", "client", "core", "crm", "email", "node", "testing"])
  expect(named.every(([name, folder]) => name === folder)).toBe(true)
})
