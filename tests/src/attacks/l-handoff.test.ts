import { afterAll, beforeAll, expect, it } from "vitest"
import { leaksIn, startUnderAttack, type UnderAttack, victim } from "./victim.ts"

let service: UnderAttack
let handoff: string
beforeAll(async () => {
  service = await startUnderAttack()
  const { body } = await service.call("/v1/handoffs", {
    body: { identity: victim, channel: "chat", source: "test", to: "desk", reason: "wants a human" },
  })
  handoff = body.handoff
})
afterAll(() => service.close())

const link = async () =>
  (await service.call(`/v1/handoffs/${handoff}/links`, { body: { identity: victim } })).body.token as string
const redeem = (token: string, agent = "desk", credential: string | null = null) =>
  service.attack(`/v1/handoff-links/${encodeURIComponent(token)}/redeem`, { credential, body: { agent } })

/** Whoever a busy service turns away comes again. */
const redeemAnyhow = async (token: string): ReturnType<typeof redeem> => {
  const answer = await redeem(token)
  return answer.status === 503 ? redeemAnyhow(token) : answer
}

it("a hundred who redeem one link at the same time are one who gets in", async () => {
  const token = await link()
  const answers = await Promise.all(Array.from({ length: 100 }, () => redeemAnyhow(token)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const losers = answers.filter(({ status }) => status !== 200)
  expect([...new Set(losers.map(({ text }) => text))]).toEqual([losers[0]?.text])
  expect(leaksIn(losers.map(({ text }) => text))).toEqual([])
})

it("another spelling of a used link's signature is the used link", async () => {
  const token = await link()
  expect((await redeem(token)).status).toBe(200)
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  const last = letters.indexOf(token.at(-1) ?? "")
  const variants = [0, 1, 2, 3].map((bits) => token.slice(0, -1) + letters[(last & 0b111100) | bits])
  for (const variant of [...variants, `${token}=`, `${token}%3D`, ` ${token}`, `${token}.`]) {
    expect((await redeem(variant)).status).not.toBe(200)
  }
})

it("a link is for the agent it was made for", async () => {
  const token = await link()
  const bot = (await service.tellonce.issueToken({ kind: "agent", agent: "bot" })).token
  expect((await redeem(token, "bot")).status).not.toBe(200)
  expect((await redeem(token, "auditor")).status).not.toBe(200)
  expect((await redeem(token, "desk", bot)).status).not.toBe(200)
  expect((await redeem(token)).status).toBe(200)
})

it("looking at a link, as a mail scanner does, neither uses it up nor tells of whom it is", async () => {
  const token = await link()
  for (let look = 0; look < 5; look++) {
    const { status, text } = await service.attack(`/v1/handoff-links/${token}`)
    expect([status, leaksIn([text]), text.includes(victim.value)]).toEqual([200, [], false])
  }
  expect((await redeem(token)).status).toBe(200)
})

it.each(["x", "a.b.c", `${"A".repeat(43)}`, "..%2f..%2fv1%2faudit", "%00", "null"])("%s is no link", async (token) => {
  const { status, text } = await service.attack(`/v1/handoff-links/${token}`)
  expect([status >= 400, leaksIn([text])]).toEqual([true, []])
})

it("a visitor makes no link to the victim's brief, and hands nobody over", async () => {
  const { token } = await service.visitor()
  for (const path of ["/v1/handoffs", `/v1/handoffs/${handoff}/links`, `/v1/handoffs/${handoff}/accept`]) {
    const { status, text } = await service.attack(path, {
      credential: token,
      body: { identity: victim, to: "desk", reason: "x" },
    })
    expect([status >= 400, leaksIn([text])]).toEqual([true, []])
  }
})
