import fc from "fast-check"
import { expect, it } from "vitest"
import { createLane } from "./create-lane.ts"

/** Each work takes `cost` milliseconds; `turn` ends this turn of the event loop and begins the next. */
const start = ({ cost = 20 } = {}) => {
  let now = 0
  let next: (() => void)[] = []
  const done: string[] = []
  const lane = createLane({ stopwatch: () => now, nextTurn: (run) => void next.push(run) })
  const enter = (caller: string, name = caller) =>
    lane.enter(caller, () => {
      now += cost
      done.push(name)
    })
  const turn = () => {
    const runs = next
    next = []
    for (const run of runs) run()
    return runs.length > 0
  }
  const finish = () => {
    while (turn()) {}
  }
  return { enter, turn, finish, done }
}

it("work is begun at once while nothing waits, and in its turn when this one has lasted", () => {
  const { enter, turn, done } = start()
  for (const name of ["1", "2", "3"]) expect(enter("a", name)).toBe(true)
  expect(done).toEqual(["1"])
  turn()
  expect(done).toEqual(["1", "2"])
  turn()
  expect(done).toEqual(["1", "2", "3"])
})

it("of those who wait several are begun in a turn, until it has lasted, and never more than eight", () => {
  const inTurns = (cost: number) => {
    const { enter, turn, done } = start({ cost })
    // The first lasts, so that all others wait for it.
    for (let at = 0; at < 40; at++) enter("a")
    const begun: number[] = []
    for (let before = done.length; turn(); before = done.length) begun.push(done.length - before)
    return begun
  }
  expect(Math.max(...inTurns(1))).toBe(8)
  expect(inTurns(6).slice(1, 10)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2])
  expect(new Set(inTurns(20).slice(0, -1))).toEqual(new Set([1]))
})

it("callers take turns: one who sends a hundred does not make another wait for them", () => {
  const { enter, finish, done } = start()
  for (let at = 0; at < 15; at++) enter("many", `many-${at}`)
  enter("few", "few")
  finish()
  expect(done.indexOf("few")).toBeLessThanOrEqual(2)
  expect(done).toHaveLength(16)
})

it("of a caller no more wait than will be begun in 200 ms, or 128, and a newcomer still gets in", () => {
  const { enter, turn } = start({ cost: 1 })
  for (let at = 0; at < 60; at++) enter("a")
  // By then it is known that one is begun each millisecond.
  for (let at = 0; at < 60; at++) turn()
  const admitted = Array.from({ length: 2_000 }, () => enter("a")).filter(Boolean)
  expect(admitted.length).toBeGreaterThan(170)
  expect(admitted.length).toBeLessThanOrEqual(220)
  expect(enter("b")).toBe(true)
})

it("at a slow pace a burst of 128 waits all the same, and no more", () => {
  const { enter, turn } = start({ cost: 20 })
  for (let at = 0; at < 60; at++) enter("a")
  for (let at = 0; at < 60; at++) turn()
  const admitted = Array.from({ length: 2_000 }, () => enter("a")).filter(Boolean)
  expect(admitted.length).toBeGreaterThanOrEqual(128)
  expect(admitted.length).toBeLessThanOrEqual(130)
})

it("the more callers wait, the fewer works each of them has waiting", () => {
  const { enter } = start({ cost: 20 })
  for (let at = 0; at < 20; at++) enter(`caller-${at}`)
  const admitted = Array.from({ length: 2_000 }, () => enter("caller-7")).filter(Boolean)
  expect(admitted.length).toBeLessThanOrEqual(200 / 20 + 1)
})

it("a thousand wait and no more", () => {
  const { enter } = start()
  enter("first")
  const admitted = Array.from({ length: 3_000 }, (_, at) => enter(`caller-${at}`)).filter(Boolean)
  expect(admitted).toHaveLength(1_000)
})

it("what is let in is begun once, each caller's in the order it came, and nothing else is", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.boolean()), { maxLength: 200 }), (steps) => {
      const { enter, turn, finish, done } = start()
      const admitted: string[] = []
      for (const [at, [caller, endsTurn]] of steps.entries()) {
        if (enter(caller, `${caller}-${at}`)) admitted.push(`${caller}-${at}`)
        if (endsTurn) turn()
      }
      finish()
      const of = (list: readonly string[], caller: string) => list.filter((name) => name.startsWith(caller))
      for (const caller of ["a", "b", "c"]) expect(of(done, caller)).toEqual(of(admitted, caller))
    }),
  )
})
