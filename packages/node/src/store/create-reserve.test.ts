import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { createReserve } from "./create-reserve.mjs"

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tellonce-reserve-"))
})
afterEach(() => rmSync(directory, { recursive: true }))

const megabyte = 1024 * 1024
const at = () => join(directory, "reserve")

it("is made slice by slice until it is whole", () => {
  const reserve = createReserve({ path: at(), bytes: 6 * megabyte })
  expect([reserve.grow(), reserve.grow(), reserve.grow()]).toEqual([true, true, false])
  expect(statSync(at()).size).toBe(6 * megabyte)
  expect(reserve.isSpent()).toBe(false)
})

it("gives its room back once, and is spent until it is whole again", () => {
  const reserve = createReserve({ path: at(), bytes: megabyte })
  reserve.restore()
  expect([reserve.release(), reserve.release()]).toEqual([true, false])
  expect(statSync(at()).size).toBe(0)
  expect(reserve.isSpent()).toBe(true)
  expect(reserve.restore()).toBe(true)
  expect(reserve.isSpent()).toBe(false)
})

it("gives half to notes and keeps the other half for removals", () => {
  const reserve = createReserve({ path: at(), bytes: megabyte })
  reserve.restore()
  expect([reserve.releaseHalf(), reserve.releaseHalf(), reserve.release()]).toEqual([true, false, true])
})

it("is known as spent by the process after", () => {
  const reserve = createReserve({ path: at(), bytes: megabyte })
  reserve.restore()
  reserve.release()
  expect(createReserve({ path: at(), bytes: megabyte }).isSpent()).toBe(true)
})

it("is not made on a disk that has no room for it, and is not missed there", () => {
  const reserve = createReserve({ path: at(), bytes: 2 ** 60 })
  expect([reserve.grow(), reserve.release(), reserve.isSpent()]).toEqual([false, false, false])
})
