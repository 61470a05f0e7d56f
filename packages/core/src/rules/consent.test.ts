import { describe, expect, it } from "vitest"
import { applySignals } from "../apply-signals.ts"
import { emptyContext, joinContexts } from "../context.ts"
import { defineContext } from "../define-context.ts"
import { parseSignal } from "../parse-signal.ts"
import type { Signal } from "../signal.ts"
import { view } from "../view.ts"
import { consent } from "./consent.ts"

const shop = defineContext({ name: "shop", version: 1, fields: { consent: consent() } })
const user = { kind: "user", value: "1" }
const visitor = { kind: "anonymous", value: "v1" }

let ids = 0
const chose = (at: number, choice: object, identity = user, id = `c${ids++}`): Signal => ({
  id,
  at,
  identity,
  authority: "customer",
  channel: "web",
  source: "page",
  facts: { consent: choice },
})
const read = (...signals: readonly Signal[]) =>
  view(applySignals(emptyContext(shop), signals), { now: 9 }).consent.value

describe("consent", () => {
  it("a purpose nobody chose is absent, which is no grant", () => {
    expect(read()).toBeUndefined()
    expect(read(chose(0, { marketing: "granted" }))).toEqual({ marketing: "granted" })
  })

  it("of one identity the newest choice counts, in whatever order it arrives", () => {
    const granted = chose(0, { marketing: "granted", analytics: "granted" })
    const denied = chose(1, { marketing: "denied" })
    expect(read(granted, denied)).toEqual({ marketing: "denied", analytics: "granted" })
    expect(read(chose(2, { marketing: "granted" }), denied, granted)).toEqual({
      marketing: "granted",
      analytics: "granted",
    })
  })

  it("a tie is denied, whichever id is greater", () => {
    const tie = (grant: string, denial: string) => [
      chose(5, { marketing: "granted" }, user, grant),
      chose(5, { marketing: "denied" }, user, denial),
    ]
    expect(read(...tie("a", "b"))).toEqual({ marketing: "denied" })
    expect(read(...tie("b", "a"))).toEqual({ marketing: "denied" })
  })

  it("joining two identities never undoes a refusal, however much newer the other's grant is", () => {
    const refused = applySignals(emptyContext(shop), [chose(0, { marketing: "denied" })])
    const granted = applySignals(emptyContext(shop), [chose(8, { marketing: "granted" }, visitor)])
    for (const joined of [joinContexts(refused, granted), joinContexts(granted, refused)]) {
      expect(view(joined, { now: 9 }).consent.value).toEqual({ marketing: "denied" })
    }
    expect(view(granted, { now: 9 }).consent.value).toEqual({ marketing: "granted" })
  })

  it("however many purposes are chosen on afterwards, a refusal stays", () => {
    const later = Array.from({ length: 500 }, (_, index) => chose(index + 1, { [`p${index}`]: "granted" }))
    expect(read(chose(0, { marketing: "denied" }), ...later)).toMatchObject({ marketing: "denied" })
  })

  it("takes no other choice than these two", () => {
    const parsed = parseSignal(shop, chose(0, { marketing: "perhaps" }))
    expect(parsed).toMatchObject({ ok: false, code: "fact/wrong_type" })
    for (const wrong of ["granted", 1, ["granted"]]) {
      expect(parseSignal(shop, { ...chose(0, {}), facts: { consent: wrong } })).toMatchObject({
        ok: false,
        code: "fact/wrong_type",
      })
    }
    expect(parseSignal(shop, chose(0, { marketing: "denied" }))).toMatchObject({ ok: true })
  })
})
