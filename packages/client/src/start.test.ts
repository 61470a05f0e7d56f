import { expect, it, vi } from "vitest"
import { openClient, useBench } from "./bench.suite.ts"

useBench()

it("asks the browser for nothing while the page's own script runs, and for all it needs right after", async () => {
  const asked: string[] = []
  const silent = (what: string) => () => {
    asked.push(what)
    return new Promise<never>(() => {})
  }
  vi.stubGlobal("document", new EventTarget())
  vi.stubGlobal("addEventListener", () => {})
  vi.stubGlobal("navigator", { locks: { request: silent("lock") } })
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      constructor() {
        asked.push("channel")
      }
      postMessage() {}
      close() {}
    },
  )
  vi.stubGlobal("indexedDB", {
    open() {
      asked.push("database")
      return new EventTarget()
    },
  })
  const client = openClient()
  client.tell({ viewed: "p1" }, { channel: "page" })
  client.identify("a.b.c")
  expect(asked).toEqual([])
  await Promise.resolve()
  expect([...new Set(asked)].sort()).toEqual(["channel", "database", "lock"])
})
