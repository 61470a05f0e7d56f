import { defineContext, latest } from "@tellonce/core"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"

const shop = defineContext({ name: "shop", version: 1, fields: { intent: latest(z.string()) } })
const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }
const start = Date.UTC(2026, 5, 1)
const minute = 60_000

/** How far a device's wall clock is off when it writes, and when it sends. */
const clocks: Readonly<Record<string, readonly [writing: number, sending: number]>> = {
  right: [0, 0],
  "in 2035": [Date.UTC(2035, 0) - start, Date.UTC(2035, 0) - start],
  "in 1970": [1_000 - start, 1_000 - start],
  "10 min slow": [-10 * minute, -10 * minute],
  "10 min fast": [10 * minute, 10 * minute],
}
const changedOffline: Readonly<Record<string, readonly [writing: number, sending: number]>> = {
  "set from 2035 to now while offline": [Date.UTC(2035, 0) - start, 0],
  "set 10 min back while offline": [0, -10 * minute],
  "set from 10 min fast to right while offline": [10 * minute, 0],
}

const service = () => {
  let time = start
  const store = createMemoryStore()
  const tellonce = createTellonce({ context: shop, store, keys, clock: () => time, log: false })
  const post = async (body: object) => {
    // A memory store answers within the turn; two thousand requests in one turn would be taken for overload.
    await new Promise(setImmediate)
    const response = await tellonce.fetch(
      new Request("http://tellonce.test/v1/signals", {
        method: "POST",
        headers: { authorization: `Bearer ${keys.secret}` },
        body: JSON.stringify(body),
      }),
    )
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { results: { status: string; at: number }[] }
  }
  const pass = (ms: number) => {
    time += ms
  }
  return { tellonce, store, post, now: () => time, pass }
}

const said = (pair: number, who: string, at: number, intent: string) => ({
  id: `${who}-${pair}`,
  at,
  identity: { kind: "user", value: `pair-${pair}` },
  authority: "customer",
  channel: "web",
  source: who,
  facts: { intent },
})

/** Writes of a first and then a second device, each kept 1 s offline; the second reaches the service more than 5 s after the first. */
const race = async (pairs: number, seed: number, of: readonly (readonly [number, number])[], second = of) => {
  const { tellonce, store, post, now, pass } = service()
  const choices = fc.sample(
    fc.tuple(fc.constantFrom(...of), fc.constantFrom(...second), fc.integer({ min: 5_001, max: 20_000 })),
    {
      numRuns: pairs,
      seed,
    },
  )
  let won = 0
  for (const [pair, [one, other, apart]] of choices.entries()) {
    for (const [who, [writing, sending]] of [
      ["first", one],
      ["second", other],
    ] as const) {
      pass(who === "second" ? apart : 0)
      const signal = said(pair, who, now() + writing, who)
      pass(1_000)
      const { results } = await post({ signals: [signal], sentAt: now() + sending })
      expect(results?.[0]?.status).toBe("accepted")
      expect(results[0]?.at).toBeLessThanOrEqual(now())
    }
    const view = await tellonce.view({ kind: "user", value: `pair-${pair}` })
    if (view.intent.value === "second") won++
  }
  const logged = await store.log({ keys: choices.map((_choice, pair) => `user:pair-${pair}`), limit: 2 * pairs })
  expect(logged).toHaveLength(2 * pairs)
  for (const { signal, received } of logged) expect(signal.at).toBeLessThanOrEqual(received)
  return won
}

describe("a wrong clock cannot win", () => {
  it("of 1,000 pairs of devices with any clocks, the write that reaches the service > 5 s later always wins", async () => {
    expect(await race(1_000, 1, Object.values(clocks))).toBe(1_000)
  }, 120_000)

  it("nor can a clock that was changed while the first device was offline", async () => {
    expect(await race(300, 2, Object.values({ ...clocks, ...changedOffline }), Object.values(clocks))).toBe(300)
  }, 120_000)

  it("without sentAt a device in 2035 still wins nothing, and one in 1970 is told that it is too old", async () => {
    const { tellonce, post, now, pass } = service()
    await post({ signals: [said(0, "first", Date.UTC(2035, 0), "first")] })
    pass(5_001)
    await post({ signals: [said(0, "second", now(), "second")] })
    expect((await tellonce.view({ kind: "user", value: "pair-0" })).intent.value).toBe("second")
    const { results } = await post({ signals: [said(0, "third", 1_000, "third")] })
    expect(results[0]).toMatchObject({ status: "rejected", code: "signal/too_old" })
  })

  it("what was said offline before somebody else's words does not outdo them, though it arrives later", async () => {
    const { tellonce, post, now, pass } = service()
    const offline = said(0, "offline", now(), "said earlier")
    pass(10 * minute)
    await post({ signals: [said(0, "online", now(), "said later")], sentAt: now() })
    pass(10 * minute)
    await post({ signals: [offline], sentAt: now() })
    expect((await tellonce.view({ kind: "user", value: "pair-0" })).intent.value).toBe("said later")
  })
})

describe("one device's own words keep their order", () => {
  it.each(Object.entries(clocks))("with a clock %s", async (_name, [off]) => {
    const { tellonce, post, now, pass } = service()
    for (let batch = 0; batch < 5; batch++) {
      // Ids that count down: nothing but the time can order them.
      const signals = Array.from({ length: 20 }, (_none, index) => {
        pass(10)
        return { ...said(0, "page", now() + off, `${batch}-${index}`), id: `z${99 - batch}-${99 - index}` }
      })
      // Requests differ in how long they are on their way.
      const sentAt = now() + off
      pass(batch % 2 === 0 ? 900 : 5)
      const { results } = await post({ signals, sentAt })
      expect(results.map(({ at }) => at)).toEqual([...results.map(({ at }) => at)].sort((a, b) => a - b))
      expect((await tellonce.view({ kind: "user", value: "pair-0" })).intent.value).toBe(`${batch}-19`)
    }
  })

  it("what is sent again counts once and keeps the time it was first given", async () => {
    const { post, now, pass } = service()
    const signal = said(0, "page", Date.UTC(2035, 0), "x")
    const first = await post({ signals: [signal], sentAt: Date.UTC(2035, 0) + 500 })
    pass(minute)
    const again = await post({ signals: [signal], sentAt: Date.UTC(2035, 0) + 500 + minute })
    expect(first.results[0]).toMatchObject({ status: "accepted", at: now() - minute - 500 })
    expect(again.results[0]).toEqual({ ...first.results[0], status: "duplicate" })
  })
})
