import { TellonceError } from "@tellonce/core"
import { pino } from "pino"
import { expect, it } from "vitest"
import { createLog, describeError } from "./create-log.ts"

const canary = "canary ada@example.com"

const capture = () => {
  const lines: string[] = []
  const log = createLog(pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }))
  return { log, lines }
}

it("writes what is on the list and nothing else", () => {
  const { log, lines } = capture()
  const fields = { route: "/v1/context", status: 200, code: canary, body: canary, principal: canary } as object
  log.write("info", "answered", fields)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ msg: "answered", route: "/v1/context", status: 200 })
  expect(lines.join()).not.toContain("canary")
})

it.each([
  new Error(canary),
  Object.assign(new Error(`${canary}\n    at ${canary} (file:///x.js:1:1)`), { code: canary, detail: canary }),
  new Error("x", { cause: canary }),
  new AggregateError([new Error(canary)], canary),
  new TellonceError("store/failed", canary),
  canary,
  { message: canary },
])("a failure is told by its class, its code and its place, never by its text (%#)", (thrown) => {
  const { log, lines } = capture()
  log.failed(thrown)
  expect(lines).toHaveLength(1)
  expect(lines.join()).not.toContain("canary")
})

it("says which code failed, and where", () => {
  const described = describeError(new TellonceError("store/failed", canary))
  expect(described).toMatchObject({ error: "TellonceError", code: "store/failed" })
  expect(described.frames?.[0]).toContain("create-log.test")
})
