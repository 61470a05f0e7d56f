import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const root = `${import.meta.dirname}/../manifests`
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.includes("."))
const read = (file: string) => readFileSync(`${root}/${file}`, "utf8")

it("every host has a manifest to start from", () => {
  const named = files.map((file) => file.split("/")[0])
  expect([...new Set(named)].sort()).toEqual(["chatwoot", "front", "hubspot", "intercom", "salesforce", "zendesk"])
})

it.each(files)("%s can be read, and every page it names is on https and yours to fill in", (file) => {
  const text = read(file)
  if (file.endsWith(".json")) expect(() => JSON.parse(text)).not.toThrow()
  const addresses = [...text.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address)
  const ours = addresses.filter(
    (address) => !/^https:\/\/(example\.com|\*\.front)|^http:\/\/soap\.sforce\.com\//.test(address),
  )
  expect(ours.filter((address) => !/^https:\/\/panel\.example\.com(\/|$)/.test(address))).toEqual([])
})

it("a CRM that loads a page is told which", () => {
  const named = files.filter((file) => read(file).includes("https://panel.example.com/"))
  expect(named.length).toBeGreaterThanOrEqual(5)
})

it("Zendesk signs the load of the app", () => {
  expect(JSON.parse(read("zendesk/manifest.json"))).toMatchObject({ signedUrls: true, frameworkVersion: "2.0" })
})
