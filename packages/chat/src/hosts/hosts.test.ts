import { existsSync, readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const root = new URL("../../../../", import.meta.url)
const read = (path: string): string => {
  const file = new URL(path, root)
  return existsSync(file) ? readFileSync(file, "utf8") : ""
}
const hosts = readdirSync(new URL(".", import.meta.url))
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -".ts".length))

it("there are hosts to look at", () => {
  expect(hosts).toEqual(expect.arrayContaining(["ai-sdk", "deep-chat", "intercom", "webchat", "zendesk"]))
})

it.each(hosts)("%s runs the suite of chat hosts", (host) => {
  const tests = read(`packages/chat/src/hosts/${host}.test.ts`) + read(`tests/src/chat-hosts/${host}.browser.test.ts`)
  expect(tests).toContain("chatHostSuite({")
})

it.each(hosts)("%s can be imported by its own name, and is in the table of the README", (host) => {
  const { exports } = JSON.parse(read("packages/chat/package.json"))
  expect(exports[`./${host}`]).toMatchObject({
    "@tellonce/source": `./src/hosts/${host}.ts`,
    import: { types: `./dist/${host}.d.ts`, default: `./dist/${host}.mjs` },
  })
  expect(read("packages/chat/README.md")).toContain(`| \`/${host}\``)
})
