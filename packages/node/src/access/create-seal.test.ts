import { EncryptJWT } from "jose"
import { expect, it } from "vitest"
import { createSeal } from "./create-seal.ts"
import { createKeyRing } from "./key-ring.ts"

const now = 1_700_000_000_000
const keys = createKeyRing(["sk_of-the-shop-alone"])

/** As the service seals, whatever it holds. */
const sealed = (claims: object) => {
  const { id: kid, key } = keys.newest("handoff")
  return new EncryptJWT({ at: now, ...claims })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: "tellonce-handoff+jwt", kid })
    .setAudience("shop")
    .setJti("j1")
    .setIssuedAt(now / 1_000)
    .setExpirationTime(now / 1_000 + 60)
    .encrypt(key)
}

it("a seal opens what holds a grant, and nothing that was sealed in another form", async () => {
  const { open } = createSeal({ purpose: "handoff", keys, audience: "shop", clock: () => now })
  expect(await open(await sealed({ grant: { handoff: "h1" } }))).toMatchObject({ handoff: "h1", jti: "j1" })
  for (const other of [{ handoff: "h1" }, { grant: "h1" }, { grant: null }])
    expect(await open(await sealed(other))).toBeUndefined()
})
