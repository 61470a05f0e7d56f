import { consent, defineContext, type Identity, latest, set } from "@tellonce/core"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { canonicalHash } from "../canonical-hash.ts"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { toDocument } from "../stored-context.ts"
import type { IdentityOptions } from "./identity-rules.ts"
import { joinLinked } from "./join-linked.ts"
import { newestStates } from "./link-graph.ts"

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: { orderNumber: latest(z.string()), tags: set(z.string()), consent: consent() },
})
const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }
const ada = { kind: "user", value: "ada" }
const mail = { kind: "email", value: "ada@example.com" }
const now = Date.UTC(2026, 5, 1)

/** A service of its own, whose clock moves a second with each look at it. */
const start = (options: { store?: ReturnType<typeof createMemoryStore>; identities?: IdentityOptions } = {}) => {
  const { store = createMemoryStore(), identities = {} } = options
  let time = now
  const clock = () => {
    time += 1_000
    return time
  }
  const tellonce = createTellonce({ context: shop, store, keys, identities, clock, log: false })
  const tell = (identity: Identity, rest: object) =>
    tellonce.record([{ identity, channel: "web", source: "test", ...rest }])
  const hash = async (identity: Identity) => canonicalHash((await tellonce.customer(identity)).context)
  const refusalOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      ({ code }) => code,
    )
  return { tellonce, tell, hash, refusalOf, store, clock }
}

describe("proven links", () => {
  it("join, and the link is kept under the canonical identities of both ends", async () => {
    const { tellonce, tell } = start({ identities: { defaultCountry: "DE" } })
    const phone = { kind: "phone", value: "030 901820" }
    await tell({ kind: "phone", value: "+49 30 901820" }, { facts: { orderNumber: "A-1" } })
    await tellonce.link(ada, phone, "desk")
    const customer = await tellonce.customer(phone)
    expect(customer.identities).toEqual(["phone:+4930901820", "user:ada"])
    expect((await tellonce.view(ada)).orderNumber.value).toBe("A-1")
  })

  it("never join two users, however long the way between them is", async () => {
    const { tellonce, refusalOf } = start()
    const device = { kind: "device", value: "d-1" }
    await tellonce.link(ada, mail, "desk")
    await tellonce.link(device, mail, "desk")
    const bee = { kind: "user", value: "bee" }
    for (const to of [ada, mail, device]) expect(await refusalOf(tellonce.link(bee, to, "desk"))).toBe("link/conflict")
    expect((await tellonce.customer(bee)).identities).toEqual(["user:bee"])
    await tellonce.unlink(ada, mail, "desk")
    await tellonce.link(bee, mail, "desk")
    expect((await tellonce.customer(bee)).identities).toEqual(["device:d-1", "email:ada@example.com", "user:bee"])
  })

  it("of one batch count one after the other", async () => {
    const { tellonce } = start()
    const link = (identity: Identity, to: Identity) => ({
      identity,
      channel: "identity",
      source: "import",
      event: { name: "linked", to, proof: "verified" } as const,
    })
    const bee = { kind: "user", value: "bee" }
    const results = await tellonce.record([link(ada, mail), link(bee, mail), link(ada, mail)])
    expect(results.map((result) => ("code" in result ? result.code : result.status))).toEqual([
      "accepted",
      "link/conflict",
      "accepted",
    ])
  })

  it("asked for at the same moment count one after the other, so one of two that contradict is refused", async () => {
    const { tellonce, refusalOf } = start()
    const users = Array.from({ length: 20 }, (_none, index) => ({ kind: "user", value: `u${index}` }))
    const codes = await Promise.all(users.map((user) => refusalOf(tellonce.link(user, mail, "desk"))))
    expect(codes).toEqual([undefined, ...users.slice(1).map(() => "link/conflict")])
  })

  it("are capped by kind", async () => {
    const { tellonce, refusalOf } = start({ identities: { caps: { email: 2 } } })
    const mails = ["a@b.c", "b@b.c", "c@b.c"].map((value) => ({ kind: "email", value }))
    const codes: unknown[] = []
    for (const one of mails) codes.push(await refusalOf(tellonce.link(ada, one, "desk")))
    expect(codes).toEqual([undefined, undefined, "link/cap"])
    const phones = Array.from({ length: 6 }, (_none, index) => ({ kind: "phone", value: `+4930901${820 + index}` }))
    for (const one of phones) codes.push(await refusalOf(tellonce.link(ada, one, "desk")))
    expect(codes.slice(3)).toEqual([undefined, undefined, undefined, undefined, undefined, "link/cap"])
  })

  it("to nobody are refused, at either end and for every kind", async () => {
    const { tellonce, refusalOf } = start()
    const nobody = [
      { kind: "user", value: "undefined" },
      { kind: "email", value: "null@example.com" },
      { kind: "anonymous", value: "00000000-0000-0000-0000-000000000000" },
    ]
    for (const one of nobody) {
      expect(await refusalOf(tellonce.link(ada, one, "desk"))).toBe("identity/blocked")
      expect(await refusalOf(tellonce.link(one, ada, "desk"))).toBe("identity/blocked")
    }
  })

  it("to itself are accepted and say nothing, so that what else the signal says is kept", async () => {
    const { tellonce, tell } = start()
    const event = { name: "linked", to: { kind: "email", value: " ADA@example.com" }, proof: "verified" } as const
    const [result] = await tell(mail, { event, facts: { orderNumber: "A-1" } })
    expect(result?.status).toBe("accepted")
    expect((await tellonce.view(mail)).$.links).toEqual([])
    expect((await tellonce.view(mail)).orderNumber.value).toBe("A-1")
  })
})

describe("links that two nodes let through together", () => {
  /** Two services on one store, that do not see each other's checks. */
  const race = async (orders: readonly number[]) => {
    const store = createMemoryStore()
    const bee = { kind: "user", value: "bee" }
    const link = (identity: Identity, at: number) => {
      const stamp = { at, authority: "record", channel: "identity", source: "desk" } as const
      const end = (one: Identity, to: Identity) => ({
        key: `${one.kind}:${one.value}`,
        received: at,
        signal: {
          ...stamp,
          id: `l-${identity.value}`,
          identity: one,
          event: { name: "linked", to, proof: "verified" } as const,
        },
      })
      return [end(identity, mail), end(mail, identity)]
    }
    const links = [link(ada, now), link(bee, now + 1)]
    for (const order of orders) {
      await store.update(links[order] ?? [], (stored) => toDocument(shop, stored))
    }
    return { ...start({ store }), bee }
  }

  it.each([[[0, 1]], [[1, 0]]])(
    "join nobody over the conflict: the older link counts, the newer is told (%j)",
    async (orders) => {
      const { tellonce, tell, bee } = await race(orders)
      await tell(ada, { facts: { tags: ["canary-of-ada"] } })
      await tell(bee, { facts: { tags: ["canary-of-bee"] } })
      const conflict = { from: "email:ada@example.com", to: "user:bee" }
      for (const one of [ada, mail]) {
        expect(await tellonce.customer(one)).toMatchObject({
          identities: ["email:ada@example.com", "user:ada"],
          conflicts: [conflict],
        })
      }
      expect(await tellonce.customer(bee)).toMatchObject({ identities: ["user:bee"], conflicts: [conflict] })
      expect((await tellonce.view(bee)).tags.value).toEqual(["canary-of-bee"])
      expect((await tellonce.view(mail)).tags.value).toEqual(["canary-of-ada"])
    },
  )

  it("are settled by unlinking the one that is wrong", async () => {
    const { tellonce, bee } = await race([0, 1])
    await tellonce.unlink(ada, mail, "desk")
    expect(await tellonce.customer(mail)).toMatchObject({
      identities: ["email:ada@example.com", "user:bee"],
      conflicts: [],
    })
    expect((await tellonce.customer(bee)).conflicts).toEqual([])
  })
})

describe("parting what was joined", () => {
  const people = [ada, mail, { kind: "device", value: "d-1" }, { kind: "phone", value: "+4930901820" }] as const
  const write = fc.record({
    who: fc.nat({ max: people.length - 1 }),
    said: fc.oneof(
      fc.constantFrom("A-1", "A-2").map((orderNumber) => ({ facts: { orderNumber } })),
      fc.subarray(["x", "y", "z"], { minLength: 1 }).map((tags) => ({ facts: { tags } })),
      fc.constantFrom("granted", "denied").map((ads) => ({ facts: { consent: { ads } } })),
      fc.constant({ cleared: ["orderNumber"] }),
      fc.constantFrom("m-1", "m-2").map((matter) => ({ matter, event: { name: "opened" } })),
      fc.constantFrom("h-1", "h-2").map((hold) => ({
        event: { name: "held", hold, action: "promote", reason: "complaint", owner: "desk" },
      })),
      fc.constant({ event: { name: "message", text: "hello" } }),
    ),
  })
  /** First what joins each side by itself, then the one link that is undone. */
  const sides = [
    [0, 2],
    [1, 3],
  ] as const

  it("gives both sides the hash they would have if they had never been joined, each write where it came from: 1,000 cases", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(write, { maxLength: 6 }),
        fc.array(write, { maxLength: 8 }),
        fc.array(write, { maxLength: 4 }),
        fc.nat({ max: 1 }),
        fc.nat({ max: 1 }),
        async (before, during, after, i, j) => {
          const [merged, apart] = [start(), start()]
          const [left, right] = [people[sides[0][i] ?? 0], people[sides[1][j] ?? 1]] as const
          if (left === undefined || right === undefined) throw new Error("no such identity")
          let id = 0
          // The same words at the same time, to the one that merges and the one that never does.
          const both = async (writes: typeof before) => {
            const signals = writes.map(({ who, said }) => {
              const identity = people[who] ?? ada
              return {
                identity,
                channel: "web",
                source: "test",
                id: `w${id++}`,
                at: now - 1_000_000 + id * 10,
                ...said,
              }
            })
            for (const one of [merged, apart]) {
              const results = await one.tellonce.record(signals as Parameters<typeof one.tellonce.record>[0])
              expect(results.every(({ status }) => status === "accepted")).toBe(true)
            }
          }
          const linkBoth = async (from: Identity, to: Identity) => {
            const event = { name: "linked", to, proof: "verified" }
            for (const one of [merged, apart]) await one.tell(from, { id: `l${id}`, at: now - 2_000_000, event })
            id++
          }
          for (const [x, y] of sides) await linkBoth(people[x] ?? ada, people[y] ?? ada)
          await both(before)
          await merged.tellonce.link(left, right, "desk")
          expect((await merged.tellonce.customer(left)).identities).toHaveLength(4)
          await both(during)
          const preview = await merged.tellonce.previewUnlink(left, right)
          const parted = await merged.tellonce.unlink(left, right, "desk")
          expect(parted).toEqual(preview)
          expect(parted.sides.map(({ hash }) => hash)).toEqual([await apart.hash(left), await apart.hash(right)])
          await both(after)
          for (const one of people) {
            expect(await merged.hash(one)).toBe(await apart.hash(one))
            const [mine, theirs] = [await merged.tellonce.customer(one), await apart.tellonce.customer(one)]
            expect(mine.identities).toEqual(theirs.identities)
          }
        },
      ),
      { numRuns: 1_000 },
    )
  }, 120_000)

  it("previews who ends where and how much is theirs, and changes nothing", async () => {
    const { tellonce, tell, hash } = start()
    await tellonce.link(ada, { kind: "device", value: "d-1" }, "desk")
    await tell(ada, { facts: { orderNumber: "A-1", tags: ["x", "y"] } })
    await tell(mail, { matter: "m-1", event: { name: "opened" } })
    await tellonce.link(ada, mail, "desk")
    const before = await hash(ada)
    const preview = await tellonce.previewUnlink(mail, ada)
    expect(preview).toMatchObject({
      parted: true,
      sides: [
        { identities: ["email:ada@example.com"], facts: 0, matters: 1 },
        { identities: ["device:d-1", "user:ada"], facts: 3, matters: 0 },
      ],
    })
    expect(await hash(ada)).toBe(before)
  })

  it("says when other links still make them one customer", async () => {
    const { tellonce } = start()
    const device = { kind: "device", value: "d-1" }
    for (const [from, to] of [
      [ada, mail],
      [ada, device],
      [device, mail],
    ] as const)
      await tellonce.link(from, to, "desk")
    expect(await tellonce.unlink(ada, mail, "desk")).toMatchObject({
      parted: false,
      sides: [{ identities: ["device:d-1", "email:ada@example.com", "user:ada"] }],
    })
  })

  it("refuses what no link joins directly, a claim included", async () => {
    const { tellonce, tell, refusalOf } = start()
    await tell(ada, { event: { name: "linked", to: mail, proof: "claimed" } })
    expect(await refusalOf(tellonce.previewUnlink(ada, mail))).toBe("link/unknown")
    expect(await refusalOf(tellonce.unlink(ada, mail, "desk"))).toBe("link/unknown")
    expect(await refusalOf(tellonce.unlink(ada, ada, "desk"))).toBe("link/unknown")
  })

  it("a link repeated late cannot join them again", async () => {
    const { tellonce, tell } = start()
    const link = { id: "l-1", at: now - 5_000, event: { name: "linked", to: mail, proof: "verified" } }
    await tell(ada, link)
    await tellonce.unlink(ada, mail, "desk")
    await tell(ada, link)
    await tell(ada, { ...link, id: "l-2" })
    expect((await tellonce.customer(ada)).identities).toEqual(["user:ada"])
  })

  it("consents and holds bind the whole customer while they are one, and go with whom they came from", async () => {
    const { tellonce, tell } = start()
    await tell(ada, { facts: { consent: { ads: "granted" } } })
    await tell(mail, { facts: { consent: { ads: "denied" } } })
    await tell(mail, { event: { name: "held", hold: "h-1", action: "promote", reason: "complaint", owner: "desk" } })
    await tellonce.link(ada, mail, "desk")
    const joined = await tellonce.view(ada)
    expect(joined.consent.value).toEqual({ ads: "denied" })
    expect(joined.$.holds.map(({ hold }) => hold)).toEqual(["h-1"])
    await tellonce.unlink(ada, mail, "desk")
    const [hers, its] = [await tellonce.view(ada), await tellonce.view(mail)]
    expect(hers.consent.value).toEqual({ ads: "granted" })
    expect(hers.$.holds).toEqual([])
    expect(its.consent.value).toEqual({ ads: "denied" })
    expect(its.$.holds).toHaveLength(1)
  })
})

describe("reading is the same from wherever one begins", () => {
  it("for any links, even contradicting ones that two nodes let through: one group, one answer", () => {
    const key = fc.constantFrom("user:1", "user:2", "user:3", "email:a", "email:b", "device:x", "device:y")
    const link = fc
      .tuple(key, key, fc.nat({ max: 5 }), fc.string({ minLength: 1, maxLength: 2 }), fc.boolean())
      .filter(([a, b]) => a !== b)
      .map(([x, y, at, id, joined]) => {
        const [a = x, b = y] = [x, y].sort()
        return { a, b, at, id, joined }
      })
    const unique = new Set(["user"])
    fc.assert(
      fc.property(fc.array(link, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (links, order) => {
        const shuffled = [...links].sort(() => ((order.next().value ?? 0) % 2 === 0 ? -1 : 1))
        const [one, other] = [joinLinked(newestStates(links), unique), joinLinked(newestStates(shuffled), unique)]
        for (const { a } of links) {
          const group = one.groupOf(a)
          expect(group.filter((member) => member.startsWith("user:")).length).toBeLessThanOrEqual(1)
          for (const member of group) expect(one.groupOf(member)).toEqual(group)
          expect(other.groupOf(a)).toEqual(group)
        }
        expect(other.conflicts).toEqual(one.conflicts)
      }),
      { numRuns: 2_000 },
    )
  })
})
