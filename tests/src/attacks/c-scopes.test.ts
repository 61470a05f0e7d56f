import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, said } from "../service-under-test.ts"
import { leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
let stranger: { readonly identity: { readonly value: string }; readonly token: string }
beforeAll(async () => {
  service = await startUnderAttack()
  stranger = await service.visitor()
})
afterAll(() => service.close())

const ways: readonly [string, (identity: string) => string][] = [
  ["the context", (identity) => `/v1/context?identity=${identity}`],
  ["the stream", (identity) => `/v1/stream?identity=${identity}`],
  ["the audit trail", () => "/v1/audit"],
  ["the readers", (identity) => `/v1/audit/readers?identity=${identity}`],
]

describe("a customer of their own sees nobody else", () => {
  it.each(ways)("neither through %s", async (_, path) => {
    const { token } = await service.tellonce.issueToken({
      kind: "customer",
      identity: { kind: "email", value: "mallory@example.com" },
    })
    for (const credential of [stranger.token, token]) {
      const { status } = await service.attack(path(victimKey), { credential })
      expect(status).toBe(403)
    }
    expect(leaksIn(service.heard)).toEqual([])
  })

  it.each<[string, string]>([
    ["twice in the query", `identity=anonymous:ME&identity=${victimKey}`],
    ["the other way round", `identity=${victimKey}&identity=anonymous:ME`],
    ["as an array", `identity[]=${victimKey}`],
    ["in capitals", `IDENTITY=${victimKey}`],
    ["with an encoded colon", "identity=email%3Akim%40victim.example"],
    ["with a blank before", `identity=%20${victimKey}`],
    ["with a line break", `identity=anonymous:ME%0a${victimKey}`],
    ["with a NUL", `identity=${victimKey}%00`],
    ["of a kind with a path in it", `identity=../${victimKey}`],
    ["with a wildcard", "identity=email:*"],
    ["with an SQL quote", "identity=email:x'%20OR%20'1'='1"],
  ])("nor when the identity is named %s", async (_, query) => {
    await service.attack(`/v1/context?${query.replace("ME", stranger.identity.value)}`, { credential: stranger.token })
    expect(leaksIn(service.heard)).toEqual([])
  })

  it("a customer who is foreign and one who is not there are refused in the same bytes", async () => {
    const answers = await Promise.all(
      [victimKey, "email:nobody-at-all@example.com"].map((identity) =>
        service.attack(`/v1/context?identity=${identity}`, { credential: stranger.token }),
      ),
    )
    expect(answers[0]?.text).toBe(answers[1]?.text)
    expect(answers.map(({ status }) => status)).toEqual([403, 403])
  })

  it("an identity in the body of a write is the writer's own, whatever it says", async () => {
    await service.send([said({ identity: victim, facts: { orderNumber: "forged" } })], stranger.token)
    const { body } = await service.call(`/v1/context?identity=${victimKey}`)
    expect(body.view.orderNumber.value).not.toBe("forged")
  })

  it("an ask that names the victim is refused, also as a question about nothing", async () => {
    const { status } = await service.attack("/v1/asks", {
      credential: stranger.token,
      body: { identity: victim, fields: ["orderNumber"], channel: "x" },
    })
    expect(status).toBe(403)
  })
})

it("ten thousand guessed visitors are ten thousand refusals and not one foreign byte", async () => {
  const guess = (index: number) => `anonymous:${index.toString(16).padStart(8, "0")}-0000-7000-8000-000000000000`
  const before = service.heard.length
  for (let from = 0; from < 10_000; from += 100) {
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const answer = await service.attack(`/v1/context?identity=${guess(from + index)}`, {
          credential: stranger.token,
        })
        return answer.status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([403]))
  }
  expect(service.heard.length - before).toBeGreaterThan(10_000)
  expect(leaksIn(service.heard)).toEqual([])
}, 60_000)

it("the same signal id of two writers counts for both", async () => {
  const id = "the-same-id"
  const [one, two] = ["one", "two"].map((value) => ({ kind: "email", value: `${value}@scopes.example` }))
  expect(
    await service.send([
      said({ id, identity: one, facts: { orderNumber: "1" } }),
      said({ id, identity: two, facts: { orderNumber: "2" } }),
    ]),
  ).toEqual(["accepted", "accepted"])
  const { body } = await service.call("/v1/context?identity=email:two@scopes.example")
  expect(body.view.orderNumber.value).toBe("2")
})

it("a method that is not offered is refused whoever asks", async () => {
  for (const method of ["PUT", "DELETE", "PATCH", "OWN"]) {
    const { status } = await service.attack("/v1/context", { credential: keys.secret, method })
    expect([400, 404, 405]).toContain(status)
  }
})
