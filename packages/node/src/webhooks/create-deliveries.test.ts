import { describe, expect, it } from "vitest"
import { createDeliveries, type Delivery, type DeliveryOptions } from "./create-deliveries.ts"

const now = Date.parse("2030-01-01T00:00:00Z")

/** A receiver that gives these answers in turn and then 204, and a clock that runs what is next when told. */
const receiver = (answers: readonly (Response | Error)[], rest: Partial<DeliveryOptions> = {}) => {
  const got: string[] = []
  const pauses: number[] = []
  const failures: unknown[] = []
  const due: (() => void)[] = []
  const deliveries = createDeliveries({
    send: async ({ id }: Delivery) => {
      const answer = answers[got.push(id) - 1] ?? new Response(null, { status: 204 })
      if (answer instanceof Error) throw answer
      return answer
    },
    onError: (error) => failures.push((error as { readonly code?: string }).code ?? "no answer"),
    later: (run, after) => {
      pauses.push(after)
      due.push(run)
      return () => due.splice(due.indexOf(run), 1)
    },
    random: () => 1,
    clock: () => now,
    ...rest,
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const tick = async () => {
    due.shift()?.()
    await settle()
  }
  return { deliveries, got, pauses, failures, settle, tick, due }
}

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })

describe("a delivery", () => {
  it("is tried again with pauses that double and end at five minutes, until it is taken, and fails aloud once", async () => {
    const { deliveries, got, pauses, failures, settle, tick } = receiver([
      new Error("refused"),
      ...Array.from({ length: 10 }, () => answer(500)),
    ])
    deliveries.push({ id: "1", body: "" })
    await settle()
    for (let tries = 0; tries < 12; tries++) await tick()
    expect(got).toHaveLength(12)
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000))
    expect(failures).toEqual(["no answer"])
  })

  it.each([
    ["seconds", "120", 120_000],
    ["a date", "Tue, 01 Jan 2030 00:10:00 GMT", 600_000],
    ["a time that is over", "Tue, 01 Jan 2019 00:10:00 GMT", 1_000],
    ["nonsense", "soon", 1_000],
    ["years", "99999999999", 86_400_000],
  ])("waits as long as the receiver asks: %s", async (_, wish, pause) => {
    const { deliveries, pauses, settle } = receiver([answer(503, { "retry-after": wish })])
    deliveries.push({ id: "1", body: "" })
    await settle()
    expect(pauses).toEqual([pause])
  })

  it("that fails holds up no other", async () => {
    const { deliveries, got, settle, tick } = receiver([answer(500)])
    deliveries.push({ id: "1", body: "" })
    deliveries.push({ id: "2", body: "" })
    await settle()
    await tick()
    expect(got).toEqual(["1", "2", "1"])
  })

  it("waits in a queue with an end, beyond which it is lost aloud", async () => {
    const { deliveries, got, failures, settle } = receiver([], { most: 2 })
    for (const id of ["1", "2", "3"]) deliveries.push({ id, body: "" })
    await settle()
    expect(got).toEqual(["1", "2"])
    expect(failures).toEqual(["webhook/queue_full"])
    deliveries.push({ id: "4", body: "" })
    await settle()
    expect(got).toEqual(["1", "2", "4"])
  })

  it("goes no more to a receiver that is gone for good, nor after closing", async () => {
    const { deliveries, got, failures, settle } = receiver([answer(410)])
    deliveries.push({ id: "1", body: "" })
    deliveries.push({ id: "2", body: "" })
    await settle()
    expect([got, failures]).toEqual([["1"], ["webhook/gone"]])
    const closed = receiver([answer(500)])
    closed.deliveries.push({ id: "1", body: "" })
    await closed.settle()
    closed.deliveries.close()
    expect(closed.due).toEqual([])
  })
})
