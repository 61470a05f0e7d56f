import { describe, expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { createDeliver } from "./create-deliver.ts"
import { createDispatcher } from "./create-dispatcher.ts"

const start = Date.parse("2030-01-01T00:00:00Z")

/** A receiver that gives these answers in turn and then 204, and a clock that moves on to what is next when told. */
const receiver = (answers: readonly (Response | Error)[]) => {
  const store = createMemoryStore()
  const got: string[] = []
  const pauses: number[] = []
  const failures: unknown[] = []
  let now = start
  let next: (() => void) | undefined
  const onError = (error: unknown) => failures.push((error as { readonly code?: string }).code ?? "no answer")
  const parts = { clock: () => now, onError, random: () => 1, seal: { open: (sealed: string) => sealed } }
  const deliver = createDeliver({
    ...parts,
    async send({ id }) {
      const answer = answers[got.push(id) - 1] ?? new Response(null, { status: 204 })
      if (answer instanceof Error) throw answer
      return answer
    },
    retire: () => dispatcher.close(),
  })
  const later = (run: () => void, after: number) => {
    pauses.push(after)
    next = () => {
      now += after
      run()
    }
    return () => {
      next = undefined
    }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const put = async (...ids: readonly string[]) => {
    await store.put(ids.map((id) => ({ id, to: "crm", at: now, body: "{}" })))
    dispatcher.wake()
    await settle()
  }
  const tick = async () => {
    next?.()
    await settle()
  }
  const dispatcher = createDispatcher({ ...parts, outbox: store, to: "crm", handle: deliver, later })
  return { dispatcher, got, pauses, failures, put, tick, waits: () => next !== undefined, now: () => now }
}

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })
const failing = (times: number) => Array.from({ length: times }, () => answer(500))

describe("a delivery", () => {
  it("is tried again with pauses that double and end at five minutes, until it is taken, and fails aloud once", async () => {
    const { got, pauses, failures, put, tick } = receiver([new Error("refused"), ...failing(10)])
    await put("1")
    pauses.splice(0, pauses.length - 1)
    for (let tries = 0; tries < 11; tries++) await tick()
    expect(got).toHaveLength(12)
    expect(pauses.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000))
    expect(failures).toEqual(["no answer"])
  })

  it.each([
    ["seconds", "120", 120_000],
    ["a date", "Tue, 01 Jan 2030 00:10:00 GMT", 600_000],
    ["a time that is over", "Tue, 01 Jan 2019 00:10:00 GMT", 1_000],
    ["nonsense", "soon", 1_000],
    ["years", "99999999999", 86_400_000],
  ])("waits as long as the receiver asks: %s", async (_, wish, pause) => {
    const { pauses, put } = receiver([answer(503, { "retry-after": wish })])
    await put("1")
    expect(pauses.at(-1)).toBe(pause)
  })

  it("that fails holds up no other", async () => {
    const { got, put, tick } = receiver([answer(500)])
    await put("1", "2")
    expect(got).toEqual(["1", "2"])
    await tick()
    expect(got).toEqual(["1", "2", "1"])
  })

  it("waits, however many wait, and a receiver that is down is tried with one of them at a time", async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `${index}`)
    const { got, put, tick } = receiver(failing(13))
    await put(...ids)
    expect(got).toHaveLength(10)
    await put("late")
    expect(got).toHaveLength(10)
    for (const tries of [11, 12, 13]) {
      await tick()
      expect(got).toHaveLength(tries)
    }
    for (let rounds = 0; rounds < 20; rounds++) await tick()
    expect(new Set(got.slice(13))).toEqual(new Set([...ids, "late"]))
  })

  it("that nobody has taken for three days is parked, and told of", async () => {
    const { got, failures, put, tick, now } = receiver(failing(2_000))
    await put("1")
    while (failures.at(-1) !== "webhook/parked") await tick()
    expect(now() - start).toBeGreaterThanOrEqual(3 * 86_400_000)
    expect(failures).toEqual(["webhook/refused", "webhook/parked"])
    const tried = got.length
    for (let rounds = 0; rounds < 50; rounds++) await tick()
    expect(got).toHaveLength(tried)
  })

  it("goes no more to a receiver that is gone for good, nor after closing", async () => {
    const { got, failures, put, waits } = receiver([answer(410)])
    await put("1")
    await put("2")
    expect([got, failures, waits()]).toEqual([["1"], ["webhook/gone"], false])
    const closed = receiver([answer(500)])
    await closed.put("1")
    closed.dispatcher.close()
    expect(closed.waits()).toBe(false)
  })
})
