import { canonicalIdentity, type Identity, type SidebarHost, type SidebarSubject } from "@tellonce/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

/** Two customers and an agent as the suite would have the host show them. */
export const sidebarPeople = {
  ada: { id: "100", name: "Ada Lovelace", email: "Ada@Example.com" },
  bob: { id: "200", name: "Bob Stone", email: "bob@example.com" },
  agent: { id: "7", name: "Grace Hopper" },
} as const

export type SidebarPerson = (typeof sidebarPeople)["ada" | "bob"]

export interface SidebarHostSetup {
  readonly host: SidebarHost
  /** The host turns to this customer, or to nobody, by its own means, and says so. */
  show(person: SidebarPerson | null): void | Promise<void>
  /** Each shows what no host should: a broken or hostile payload in the place of the customer. */
  readonly malformed: readonly (() => void | Promise<void>)[]
  /** Somebody who is not the host shows a customer. Absent where nobody else can. */
  forge?(person: SidebarPerson): void | Promise<void>
  /** How many handlers the host has of ours; undefined where it has no way to leave. */
  listening?(): number
  teardown(): void | Promise<void>
}

/** The laws of `SidebarHost`. Every binding of a CRM runs them, over the vendor's real client where there is one. */
export const sidebarHostSuite = (binding: {
  readonly name: string
  /** The kind of the host's own id, which comes first: with a dot, `acme.contact`, since those without can be written by anybody. */
  readonly ownKind: string
  /** Can somebody who is not the host speak to it? Then `forge` is tried. */
  readonly isForgeable: boolean
  setup(): SidebarHostSetup | Promise<SidebarHostSetup>
}): void => {
  const { ada, bob, agent } = sidebarPeople

  describe(`${binding.name} keeps the laws of a sidebar host`, () => {
    let sidebar: SidebarHostSetup
    beforeEach(async () => {
      sidebar = await binding.setup()
      await sidebar.show(ada)
    })
    afterEach(() => sidebar.teardown())

    const listen = () => {
      const heard: (SidebarSubject | null)[] = []
      const stop = sidebar.host.onChange((subject) => heard.push(subject))
      return { stop, heard, names: () => heard.map((subject) => subject?.displayName ?? null) }
    }

    it("names whom it shows: the host's own id first, then what is claimed of them", async () => {
      const subject = await sidebar.host.current()
      expect(binding.ownKind).toContain(".")
      expect(subject?.identities[0]).toEqual({ kind: binding.ownKind, value: ada.id })
      expect(subject?.identities).toContainEqual({ kind: "email", value: "ada@example.com" })
      expect(subject?.displayName).toBe(ada.name)
    })

    it("proves nothing: an identity is a kind and a value, in the spelling of the house", async () => {
      for (const identity of (await sidebar.host.current())?.identities ?? []) {
        expect(Object.keys(identity).sort()).toEqual(["kind", "value"])
        expect(isWellFormed(identity)).toBe(true)
      }
    })

    it("shows nobody when nothing is selected", async () => {
      await sidebar.show(null)
      expect(await sidebar.host.current()).toBeNull()
    })

    it("names its agent", async () => {
      expect(await sidebar.host.agent()).toEqual(agent)
    })

    it("each change is told once, to every listener, and current agrees", async () => {
      const [one, two] = [listen(), listen()]
      await sidebar.show(bob)
      await expect.poll(() => [one.names().at(-1), two.names().at(-1)]).toEqual([bob.name, bob.name])
      await sidebar.show(null)
      await expect.poll(() => [one.names().at(-1), two.names().at(-1)]).toEqual([null, null])
      await sidebar.show(ada)
      await expect.poll(() => one.names().at(-1)).toBe(ada.name)
      expect(one.names().slice(-3)).toEqual([bob.name, null, ada.name])
      expect(await sidebar.host.current()).toEqual(one.heard.at(-1))
      one.stop()
      two.stop()
    })

    it("the one who leaves hears no more; leaving twice does no harm, and the last to leave leaves nothing behind", async () => {
      const before = sidebar.listening?.()
      const [leaving, staying] = [listen(), listen()]
      await sidebar.show(bob)
      await expect.poll(() => leaving.names().at(-1)).toBe(bob.name)
      leaving.stop()
      leaving.stop()
      const until = leaving.heard.length
      await sidebar.show(ada)
      await expect.poll(() => staying.names().at(-1)).toBe(ada.name)
      staying.stop()
      await sidebar.show(bob)
      await sidebar.host.current()
      expect([leaving.heard.length, staying.names().at(-1)]).toEqual([until, ada.name])
      expect(sidebar.listening?.()).toBe(before)
      const again = listen()
      await sidebar.show(ada)
      await expect.poll(() => again.names().at(-1)).toBe(ada.name)
      again.stop()
    })

    it("a listener that throws harms neither the host nor the other listeners", async () => {
      const stopThrowing = sidebar.host.onChange(() => {
        throw new Error("thrown by a listener, on purpose")
      })
      const after = listen()
      await sidebar.show(bob)
      await expect.poll(() => after.names().at(-1)).toBe(bob.name)
      await sidebar.show(ada)
      await expect.poll(() => after.names().at(-1)).toBe(ada.name)
      stopThrowing()
      after.stop()
    })

    it("what is malformed never throws and never makes an identity that is not well formed", async () => {
      const { heard, stop } = listen()
      expect(sidebar.malformed.length).toBeGreaterThan(4)
      for (const show of sidebar.malformed) {
        await show()
        const subject = await sidebar.host.current()
        expect(subject === null || subject.identities.every(isWellFormed)).toBe(true)
        await expect(sidebar.host.agent()).resolves.toBeDefined()
      }
      await sidebar.show(bob)
      await expect.poll(() => heard.at(-1)?.displayName).toBe(bob.name)
      expect(heard.every((subject) => subject === null || subject.identities.every(isWellFormed))).toBe(true)
      stop()
    })

    if (binding.isForgeable) {
      it("nobody but the host is heard", async () => {
        const { names, stop } = listen()
        await sidebar.forge?.(bob)
        expect((await sidebar.host.current())?.displayName).toBe(ada.name)
        expect(names()).not.toContain(bob.name)
        stop()
      })
    }
  })
}

const isWellFormed = (identity: Identity): boolean =>
  /^[a-z][a-z0-9._-]{0,31}$/.test(identity.kind) &&
  typeof identity.value === "string" &&
  identity.value.length > 0 &&
  identity.value.length <= 320 &&
  canonicalIdentity(identity).value === identity.value
