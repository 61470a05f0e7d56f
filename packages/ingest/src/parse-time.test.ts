import { afterEach, expect, it, vi } from "vitest"
import { parseTime } from "./parse-time.ts"

const noon = Date.UTC(2026, 0, 15, 12)

afterEach(() => vi.unstubAllEnvs())

it.each(["UTC", "America/New_York", "Asia/Tokyo"])("a time is the same on a machine in %s", (zone) => {
  vi.stubEnv("TZ", zone)
  for (const text of [
    "2026-01-15T12:00:00Z",
    "2026-01-15T13:00:00+01:00",
    "2026-01-15 12:00:00 UTC",
    "2026-01-15T12:00:00",
    "2026-01-15 12:00:00",
    "2026-01-15T12:00:00.000000",
    "2026-01-15T12:00",
  ])
    expect([text, parseTime(text)]).toEqual([text, noon])
  expect(parseTime("2026-01-15")).toBe(noon - 43_200_000)
})

it("a number is in the unit told, and what is no time is none", () => {
  expect([parseTime(noon), parseTime(noon / 1_000, "s"), parseTime(`${noon / 1_000}`, "s")]).toEqual([noon, noon, noon])
  for (const value of ["", "soon", "15.01.2026", -1, Number.NaN, Number.POSITIVE_INFINITY, null, {}, true])
    expect(parseTime(value)).toBeUndefined()
})
