import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { said } from "../service-under-test.ts"
import { startUnderAttack, type UnderAttack } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

const day = 86_400_000

describe("a clock that lies", () => {
  it.each<[string, number]>([
    ["in 2035", Date.UTC(2035, 0)],
    ["in the year 275,000", 8.6e15],
    ["an hour fast", Date.now() + 3_600_000],
    ["one day ago", Date.now() - day],
  ])("%s wins over nothing that is said later", async (name, at) => {
    const identity = { kind: "email", value: `clock-${name.replaceAll(/\W/g, "-")}@example.com` }
    await service.send([said({ identity, at, facts: { orderNumber: "the liar's" } })])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await service.send([said({ identity, at: Date.now(), facts: { orderNumber: "said later" } })])
    const { body } = await service.call(`/v1/context?identity=email:${identity.value}`)
    expect(body.view.orderNumber.value).toBe("said later")
    expect(body.view.orderNumber.at).toBeLessThanOrEqual(body.now)
  })

  it("older than what is known of duplicates is refused, so that nothing counts twice", async () => {
    const identity = { kind: "email", value: "old@example.com" }
    expect(await service.send([said({ identity, at: Date.now() - 31 * day, facts: { errors: 1 } })])).toEqual([
      "signal/too_old",
    ])
  })
})

describe("a delivery that is tried again", () => {
  it("counts once, whether it comes at the same time, later, or with another time on it", async () => {
    const identity = { kind: "email", value: "again@delivery.example" }
    const signal = said({ identity, facts: { errors: 1 } })
    const results = await Promise.all(Array.from({ length: 50 }, () => service.send([signal])))
    expect(results.flat().filter((status) => status === "accepted")).toHaveLength(1)
    expect(await service.send([{ ...signal, at: signal.at - 1 }])).toEqual(["duplicate"])
    const { body } = await service.call("/v1/context?identity=email:again@delivery.example")
    expect(body.view.errors.value).toBe(1)
  })

  it("another statement under a used id changes nothing and says so", async () => {
    const identity = { kind: "email", value: "reused@delivery.example" }
    const signal = said({ identity, facts: { orderNumber: "first" } })
    expect(await service.send([signal])).toEqual(["accepted"])
    expect(await service.send([{ ...signal, facts: { orderNumber: "second" } }])).toEqual(["signal/id_reused"])
    const { body } = await service.call("/v1/context?identity=email:reused@delivery.example")
    expect(body.view.orderNumber.value).toBe("first")
  })

  it("an id that one visitor used takes nothing from another", async () => {
    const [one, two] = [await service.visitor(), await service.visitor()]
    const words = { id: "guessed", at: Date.now(), channel: "web", source: "page", facts: { orderNumber: "mine" } }
    expect(await service.send([words], one.token)).toEqual(["accepted"])
    expect(await service.send([words], two.token)).toEqual(["accepted"])
  })
})
