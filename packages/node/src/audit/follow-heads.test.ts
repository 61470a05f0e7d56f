import { expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { parseHeads } from "./export-heads.ts"
import { followHeads } from "./follow-heads.ts"

const secret = "sk_one-secret-of-ours"
const note = { chain: "service", at: 1, entry: { action: "erase" } }

it("each line holds the ends as they are then, and going on from the last line misses nothing", async () => {
  const store = createMemoryStore()
  const lines: string[] = []
  const following = followHeads({
    store,
    secret,
    clock: () => 5,
    write: (line) => void lines.push(line),
    onError: () => {},
  })
  await store.note([note, note])
  await following.exportNow()
  await store.note([note, { ...note, chain: "subjects-a" }])
  await following.stop()
  expect(lines.map((line) => parseHeads(line, [secret])?.heads.map(({ chain, seq }) => [chain, seq]))).toEqual([
    [["service", 2]],
    [
      ["service", 3],
      ["subjects-a", 1],
    ],
  ])
})

it("a place that does not take a line is told to onError, and the next line is tried all the same", async () => {
  const failures: unknown[] = []
  const lines: string[] = []
  let isDown = true
  const write = (line: string) => {
    if (isDown) throw new Error("away")
    lines.push(line)
  }
  const store = createMemoryStore()
  await store.note([note])
  const following = followHeads({ store, secret, clock: () => 5, write, onError: (error) => failures.push(error) })
  await following.exportNow()
  isDown = false
  await following.stop()
  expect([failures.length, lines.length]).toEqual([1, 1])
})

it("a place that never answers holds up neither the next line nor the end", async () => {
  const store = createMemoryStore()
  await store.note([note])
  const failures: unknown[] = []
  const lines: string[] = []
  const write = (line: string) => {
    lines.push(line)
    return new Promise<void>(() => {})
  }
  const onError = (error: unknown) => failures.push(error)
  const following = followHeads({ store, secret, clock: () => 5, write, patience: 5, onError })
  void following.exportNow()
  await following.stop()
  expect(lines).toHaveLength(2)
  expect(failures).toMatchObject([{ code: "audit/heads_not_taken" }, { code: "audit/heads_not_taken" }])
})
