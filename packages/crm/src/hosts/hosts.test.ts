import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const files = readdirSync(import.meta.dirname)
const hosts = files.filter((file) => /^create-[a-z]+-host\.ts$/.test(file))
const manifest = JSON.parse(readFileSync(`${import.meta.dirname}/../../package.json`, "utf8")) as {
  readonly exports: object
}

it("there are the hosts that the package gives out", () => {
  const named = hosts.map((file) => `./${file.replace(/^create-|-host\.ts$/g, "")}`)
  const given = Object.keys(manifest.exports).filter((path) => path !== "." && path !== "./server")
  expect(named.sort()).toEqual(given.sort())
  expect(named.length).toBeGreaterThan(5)
})

it.each(hosts)("%s runs the suite of sidebar hosts", (file) => {
  const tests = readFileSync(`${import.meta.dirname}/${file.replace(/\.ts$/, ".test.ts")}`, "utf8")
  expect(tests).toMatch(/^sidebarHostSuite\(\{/m)
  expect(tests).toContain(file)
})
