import { describe, expect, it } from "vitest"
import { createFlights } from "./create-flights.ts"

describe("a flight", () => {
  it("is shared by all who ask for the same meanwhile, and by nobody after", async () => {
    const flights = createFlights<number>(1_000)
    let started = 0
    const start = async () => ++started
    expect(await Promise.all([flights.join("a", start), flights.join("a", start), flights.join("b", start)])).toEqual([
      1, 1, 2,
    ])
    expect(await flights.join("a", start)).toBe(3)
  })

  it("is given up at its time, and the next begins anew", async () => {
    const flights = createFlights<number>(10)
    let aborted = false
    const never = (signal: AbortSignal) =>
      new Promise<number>(() => {
        signal.addEventListener("abort", () => {
          aborted = true
        })
      })
    await expect(flights.join("a", never)).rejects.toMatchObject({ code: "anchor/timeout" })
    expect(aborted).toBe(true)
    expect(await flights.join("a", async () => 7)).toBe(7)
  })
})
