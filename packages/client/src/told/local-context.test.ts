import { applySignals, emptyContext, encodeContext, type Signal } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { ada, shop } from "../bench.suite.ts"
import { createLocalContext } from "./local-context.ts"

const said = (id: string, at: number): Signal => ({
  id,
  at,
  identity: ada,
  authority: "customer",
  channel: "page",
  source: "test",
  facts: { viewed: id },
})
const encoded = (...signals: readonly Signal[]): unknown =>
  JSON.parse(encodeContext(applySignals(emptyContext(shop), signals)))

const setup = (unsent: readonly Signal[] = []) => {
  let changes = 0
  const local = createLocalContext({ context: shop, unsent: () => unsent, now: () => 200, onChange: () => changes++ })
  const ids = () =>
    local
      .read()
      .entries.flat()
      .map(({ id }) => id)
  return { local, ids, changes: () => changes }
}

describe("a snapshot", () => {
  it("from before an acknowledgement does not take back what was acknowledged", () => {
    const { local, ids } = setup()
    local.ack([said("a", 10)], 100)
    local.replace(encoded(said("b", 5)), 99)
    expect(ids()).toEqual(["a", "b"])
  })

  it("from after it is believed, even where it has forgotten", () => {
    const { local, ids } = setup()
    local.ack([said("a", 10)], 100)
    local.replace(encoded(said("b", 5)), 101)
    expect(ids()).toEqual(["b"])
  })

  it("leaves what is unsent, and is no change where it says what was shown", () => {
    const { local, ids, changes } = setup([said("u", 20)])
    local.hold(said("u", 20))
    local.replace(encoded(said("b", 5)), 1)
    expect(ids()).toEqual(["u", "b"])
    expect(changes()).toBe(2)
    local.replace(encoded(said("b", 5)), 2)
    expect(changes()).toBe(2)
  })
})
