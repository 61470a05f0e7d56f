import { EncryptJWT } from "jose"
import { describe, expect, it } from "vitest"
import { createContextLinks } from "./create-context-links.ts"
import { deriveKeys } from "./derive-keys.ts"

const key = "a key of more than thirty-two bytes, for the tests"
const grant = { identity: { kind: "email", value: "ada@example.com" }, matter: "return-7" }
const day = 86_400_000

const start = (more: Partial<Parameters<typeof createContextLinks>[0]> = {}) => {
  const used = new Set<string>()
  const time = { now: Date.UTC(2024, 4, 6) }
  const links = createContextLinks({
    keys: [key],
    page: "https://shop.example/chat?from=mail",
    audience: "acme",
    once: async (name) => !used.has(name) && Boolean(used.add(name)),
    clock: () => time.now,
    ...more,
  })
  const make = async () => {
    const { url } = await links.make(grant)
    return new URL(url).hash.slice(1)
  }
  return { links, make, time, used }
}

it("carries a customer and a matter from a mail to a page, and says neither of them in its address", async () => {
  const { links } = start()
  const { url, expiresAt } = await links.make(grant)
  expect(url.startsWith("https://shop.example/chat?from=mail#")).toBe(true)
  expect(Buffer.from(url).toString()).not.toMatch(/ada|return-7/)
  expect(await links.show(new URL(url).hash.slice(1))).toEqual({ ok: true, expiresAt })
  expect(await links.redeem(new URL(url).hash.slice(1))).toEqual({ ok: true, grant })
})

it("opens once, however many ask at the same moment, and looking does not open it", async () => {
  const { links, make } = start()
  const token = await make()
  await links.show(token)
  const results = await Promise.all(Array.from({ length: 100 }, () => links.redeem(token)))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok && result.code === "mail/link")).toHaveLength(99)
})

it("ends", async () => {
  const { links, make, time } = start()
  const token = await make()
  time.now += 3 * day
  expect(await links.show(token)).toMatchObject({ ok: false, code: "mail/link" })
  expect(await links.redeem(token)).toMatchObject({ ok: false, code: "mail/link" })
})

describe("is nothing", () => {
  it("in any other writing, and using one up does not use the link", async () => {
    const { links, make, used } = start()
    const token = await make()
    const parts = token.split(".")
    const flipped = parts.map((_, at) => parts.map((part, index) => (index === at ? `${part}A` : part)).join("."))
    const last = token.at(-1) ?? ""
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    const tails = [...alphabet].filter((letter) => letter !== last).map((letter) => token.slice(0, -1) + letter)
    for (const other of [
      ...flipped,
      ...tails,
      `${token}=`,
      `${token} `,
      token.toLowerCase(),
      "",
      "a.b.c.d.e",
      "x".repeat(3_000),
    ])
      expect(await links.redeem(other)).toMatchObject({ ok: false })
    expect(used.size).toBe(0)
    expect(await links.redeem(token)).toMatchObject({ ok: true })
  })

  it("to another audience, or under another key", async () => {
    const token = await start().make()
    expect(await start({ audience: "other" }).links.redeem(token)).toMatchObject({ ok: false })
    expect(await start({ keys: ["another key of more than thirty-two bytes"] }).links.redeem(token)).toMatchObject({
      ok: false,
    })
    expect(await start({ keys: ["another key of more than thirty-two bytes", key] }).links.redeem(token)).toMatchObject(
      { ok: true },
    )
  })

  it("when it was made for something else with the same key", async () => {
    const [secret] = deriveKeys([key], "context link")
    const other = await new EncryptJWT({})
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: "tellonce-handoff+jwt" })
      .setAudience("acme")
      .setSubject("email:ada@example.com")
      .setJti("1")
      .setExpirationTime(Date.UTC(2024, 4, 7) / 1_000)
      .encrypt(secret)
    expect(await start().links.redeem(other)).toMatchObject({ ok: false })
  })
})
