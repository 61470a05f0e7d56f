import { expect, it } from "vitest"
import { createDeliveries } from "./create-deliveries.ts"

it("a name is first once, until it ends or is released", async () => {
  let now = 0
  const deliveries = createDeliveries(() => now)
  expect(await deliveries.once("a", 10)).toBe(true)
  now = 9
  expect(await deliveries.once("a", 20)).toBe(false)
  now = 10
  expect(await deliveries.once("a", 20)).toBe(true)
  await deliveries.release("a")
  expect(await deliveries.once("a", 20)).toBe(true)
})

it("what it keeps is bounded: of 100,001 the first is let go", async () => {
  const deliveries = createDeliveries(() => 0)
  for (let index = 0; index <= 100_000; index++) await deliveries.once(`n${index}`, 1)
  expect(await deliveries.once("n1", 1)).toBe(false)
  expect(await deliveries.once("n0", 1)).toBe(true)
})
