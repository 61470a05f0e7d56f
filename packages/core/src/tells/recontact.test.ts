import { expect, it } from "vitest"
import { recontact } from "./recontact.ts"
import { runTells } from "./run-tells.ts"
import { answers, day, happens, minute, says } from "./story.fixture.ts"

const tell = recontact({ fact: { frustration: 2 } })
const a = { matter: "a" }
const ids = (...signals: Parameters<typeof runTells>[1]) => runTells([tell], signals).map(({ id }) => id)
const writes = (id: string, at: number, matter = "a") => says(id, at, "Where is it?", { matter })

it("a customer who writes again within a week of the answer shows, once per answer, in that matter", () => {
  const story = [writes("m1", 0), answers("r1", day, a), writes("m2", 5 * day), writes("m3", 6 * day)]
  expect(runTells([tell], story)).toMatchObject([
    { id: "tell-recontact-m2", at: 5 * day, matter: "a", facts: { frustration: 2 } },
  ])
  expect(ids(...story, answers("r2", 9 * day, a), writes("m4", 10 * day))).toEqual([
    "tell-recontact-m2",
    "tell-recontact-m4",
  ])
})

it("too late, unanswered, answered elsewhere, answered before anything was asked, or outside of a matter does not show", () => {
  expect(ids(writes("m1", 0), answers("r1", 0, a), writes("m2", 7 * day))).toEqual(["tell-recontact-m2"])
  expect(ids(writes("m1", 0), answers("r1", 0, a), writes("m2", 7 * day + 1))).toEqual([])
  expect(ids(writes("m1", 0), writes("m2", 1))).toEqual([])
  expect(ids(writes("m1", 0), answers("r1", 1, { matter: "b" }), writes("m2", 2))).toEqual([])
  expect(ids(answers("r1", 0, a), writes("m1", 1))).toEqual([])
  expect(ids(says("m1", 0, "?"), answers("r1", 1), says("m2", 2, "?"))).toEqual([])
})

it("what was told is an answer", () => {
  const told = happens("r", 1, { name: "told", facts: { orderStatus: "sent" } }, { authority: "record", matter: "a" })
  expect(ids(writes("m1", 0), told, writes("m2", 2))).toEqual(["tell-recontact-m2"])
})

it("with a gap, the turns of one chat are one contact", () => {
  const calm = recontact({ fact: { frustration: 2 }, contactGap: "30m" })
  const chat = [writes("m1", 0), answers("r1", minute, a), writes("m2", 2 * minute), writes("m3", 32 * minute)]
  expect(runTells([calm], chat).map(({ id }) => id)).toEqual(["tell-recontact-m3"])
})
