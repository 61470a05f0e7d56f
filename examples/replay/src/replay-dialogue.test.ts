import { afterEach, describe, expect, it } from "vitest"
import { defineReplayContext, slotsOf } from "./define-replay-context.ts"
import type { Dialogue } from "./dialogue.ts"
import { replayDialogue } from "./replay-dialogue.ts"
import { openReplayService, type ReplayService } from "./replay-service.ts"
import { createSlotFields } from "./slot-fields.ts"
import { agent, customer, inform, tinyDialogue, tinyMap } from "./tiny-dialogue.fixture.ts"
import { customerOf } from "./to-signals.ts"

const open: ReplayService[] = []
afterEach(async () => {
  for (const service of open.splice(0)) await service.close()
})

const replay = async (dialogue: Dialogue) => {
  const slots = slotsOf([dialogue])
  const service = await openReplayService(defineReplayContext(tinyMap, slots), { now: 86_400_000 })
  open.push(service)
  const fields = createSlotFields(tinyMap)
  const tally = await replayDialogue(dialogue, { map: tinyMap, slots, service, base: 0, fields })
  return { tally, view: (matter: string) => service.view(customerOf(dialogue), matter) }
}

const atTheInn = customer("inn", {
  informs: [inform("town", "Bath"), inform("arrival", "2024-05-01", { raw: "1 May" })],
})

describe("through the real service", () => {
  it("a city said once is not asked for again, silently or aloud", async () => {
    const { tally } = await replay(
      tinyDialogue(
        atTheInn,
        customer("coach", { state: { to: ["bath", "Bath Spa"] } }),
        agent("coach", { requests: ["to"] }),
        customer("coach", { informs: [inform("to", "Bath")], state: { to: "Bath" } }),
      ),
    )
    expect(tally).toMatchObject({ requests: 1, repeatedWithoutSharing: 2, avoidable: 2, avoided: 2, wrongReuses: 0 })
    expect(tally).toMatchObject({ slots: 2, slotsRight: 2, lookupJointRight: 2 })
  })

  it("a date is put to the customer before it serves another matter, and the newer one is put", async () => {
    const { tally } = await replay(
      tinyDialogue(
        atTheInn,
        customer("inn", { informs: [inform("arrival", "2024-05-02")] }),
        agent("coach", { requests: ["on"] }),
        customer("coach", { informs: [inform("on", "2 May", { raw: "2024-05-02" })] }),
      ),
    )
    expect(tally).toMatchObject({ avoidable: 1, avoided: 0, confirmed: 1, confirmedOther: 0, missed: 0 })
  })

  it("a customer who wants another city than before meets a wrong reuse", async () => {
    const { tally } = await replay(
      tinyDialogue(
        atTheInn,
        agent("coach", { requests: ["to"] }),
        customer("coach", { informs: [inform("to", "Wells")] }),
      ),
    )
    expect(tally).toMatchObject({ repeatedWithoutSharing: 1, avoidable: 0, avoided: 0, wrongReuses: 1 })
  })

  it("one end of a ride serves no other service: asking for it is a miss", async () => {
    const { tally } = await replay(
      tinyDialogue(
        customer("cab", { informs: [inform("pickup", "Pump Room"), inform("dropoff", "Royal Crescent")] }),
        agent("inn", { requests: ["name"] }),
        customer("inn", { informs: [inform("name", "Royal Crescent")], state: { name: "Royal Crescent" } }),
      ),
    )
    expect(tally).toMatchObject({ avoidable: 1, missed: 1, confirmed: 0, wrongReuses: 0, slotsRight: 1 })
  })

  it("what the agent offers is on record as told and is no fact, until the customer accepts it", async () => {
    const offered = [
      agent("inn", { offers: [{ slot: "guests", value: "4" }] }),
      agent("coach", { requests: ["seats"] }),
    ]
    const { tally, view } = await replay(tinyDialogue(atTheInn, ...offered))
    expect(tally).toMatchObject({ requests: 1, repeatedWithoutSharing: 0, wrongReuses: 0 })
    const seen = await view("inn")
    expect(seen.party_size).toEqual({ state: "unknown" })
    expect(seen.$.told).toMatchObject([{ value: { facts: { party_size: { value: "4" } } }, authority: "agent" }])

    const yes = await replay(
      tinyDialogue(atTheInn, ...offered.slice(0, 1), customer("inn", { accepts: [inform("guests", "4")] })),
    )
    expect((await yes.view("inn")).party_size).toMatchObject({ state: "fresh", value: { value: "4" } })
  })

  it("what one desk told the customer can be read by another, and is not claimed for its own", async () => {
    const { tally } = await replay(
      tinyDialogue(
        agent("inn", { offers: [{ slot: "address", value: "1 Mill Lane" }] }),
        customer("post", { state: { to: "1 mill lane" } }),
        customer("inn", { state: { name: "1 mill lane" } }),
      ),
    )
    expect(tally).toMatchObject({ slots: 2, slotsRight: 1, slotsWrong: 0, repeatedWithoutSharing: 0 })
  })

  it("after a failed search the agent may ask again, until the customer has said something new", async () => {
    const { tally } = await replay(
      tinyDialogue(
        atTheInn,
        agent("inn", { requests: ["arrival"], unavailable: true }),
        agent("inn", { requests: ["arrival"] }),
        customer("inn", { informs: [inform("arrival", "2024-05-03")] }),
        agent("inn", { requests: ["arrival"] }),
        customer("inn", { informs: [inform("arrival", "2024-05-03")] }),
      ),
    )
    expect(tally).toMatchObject({ requests: 1, sameServiceRight: 1, sameServiceChanged: 0 })
  })

  it("a first name books a table and is confirmed by a bank, where a full name is taken as it is", async () => {
    const booked = (name: string) =>
      replay(
        tinyDialogue(
          customer("table", { informs: [inform("booker", name)] }),
          agent("bank", { requests: ["FullName"] }),
          customer("bank", { informs: [inform("FullName", "Ada Byron")] }),
        ),
      )
    expect((await booked("Ada")).tally).toMatchObject({ avoided: 0, wrongReuses: 0 })
    expect((await booked("Ada Byron")).tally).toMatchObject({ avoided: 1, wrongReuses: 0 })
  })

  it("words for another service belong to that service, in whatever conversation they fall", async () => {
    const dialogue = tinyDialogue(
      customer("inn", {
        informs: [inform("to", "Wells", { service: "coach" })],
        also: [{ service: "cab", informs: [inform("pickup", "Station")] }],
      }),
    )
    const { view } = await replay(dialogue)
    const seen = await view("coach")
    expect(seen.city).toMatchObject({ value: { value: "Wells" }, matter: "coach", channel: "inn" })
    expect(seen["cab.pickup"]).toMatchObject({ value: { value: "Station" }, matter: "cab" })
  })
})
