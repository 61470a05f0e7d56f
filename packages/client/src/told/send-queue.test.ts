import { expect, it } from "vitest"
import { createMemoryOutbox } from "../kept/memory-outbox.ts"
import { unsent } from "../kept/outbox.suite.ts"
import type { Outbox, Unsent } from "../kept/outbox.ts"
import { createSendQueue } from "./send-queue.ts"

/** A disk that writes when it is let. */
const slowOutbox = () => {
  const writes: (() => void)[] = []
  const outbox: Outbox = {
    ...createMemoryOutbox(),
    add: () => new Promise((written) => writes.push(written)),
  }
  const writeAll = () => {
    for (const written of writes.splice(0)) written()
  }
  return { outbox, writeAll }
}

const open = () => {
  const { outbox, writeAll } = slowOutbox()
  const kept: Unsent[] = []
  const queue = createSendQueue({ outbox, onKept: (some) => kept.push(...some), onDropped: () => undefined })
  const turn = () => new Promise((resolve) => setTimeout(resolve))
  const write = async () => {
    await turn()
    writeAll()
    await turn()
  }
  queue.add({ ...unsent("a", 1_000), shown: undefined, bytes: 10, kept: false, guessed: true })
  return { queue, kept, turn, write }
}

it("what is put right while it is written is told of once, as it is then", async () => {
  const { queue, kept, turn, write } = open()
  await turn()
  queue.restamp(500)
  await write()
  expect(queue.get("a")?.kept).toBe(true)
  expect(kept.map(({ signal }) => signal.at)).toEqual([1_500])
})

it("what has gone out, from here or from another tab, keeps its time", async () => {
  const { queue, kept, write } = open()
  await write()
  queue.sending(kept)
  queue.restamp(500)
  await write()
  expect(queue.get("a")?.signal.at).toBe(1_000)
  expect(kept).toHaveLength(1)
})
