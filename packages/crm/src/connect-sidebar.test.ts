import type { Identity, SidebarHost, SidebarSubject } from "@tellonce/core"
import { defineContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { beforeEach, expect, it } from "vitest"
import * as z from "zod/mini"
import { connectSidebar, type SidebarOptions } from "./connect-sidebar.ts"

const definition = defineContext({ name: "shop", version: 1, fields: { city: latest(z.string(), {}) } })
const own = (value: string): Identity => ({ kind: "zendesk.user", value })
const subject = (value: string): SidebarSubject => ({
  identities: [own(value), { kind: "email", value: `${value}@example.com` }],
})

let panel: { -readonly [Member in keyof SidebarOptions["panel"]]: SidebarOptions["panel"][Member] }
let opened: { readonly identity: Identity; isClosed: boolean }[]
let listeners: Set<(subject: SidebarSubject | null) => void>
let answer: (subject: SidebarSubject | null) => void
let host: SidebarHost
beforeEach(() => {
  panel = { context: undefined, desk: undefined, subject: undefined }
  opened = []
  listeners = new Set()
  const current = new Promise<SidebarSubject | null>((answered) => {
    answer = answered
  })
  host = {
    current: () => current,
    agent: async () => null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
})

const open = (identity: Identity) => {
  const one = { identity, isClosed: false }
  opened.push(one)
  const close = () => {
    one.isClosed = true
  }
  return { ...createMemoryPort({ definition, now: () => 0, identity }), close }
}
const change = (to: SidebarSubject | null) => {
  for (const listener of listeners) listener(to)
}
const settled = () => new Promise((later) => setTimeout(later))

it("opens whom the host shows by its own id, and what else it says stands as claims", async () => {
  connectSidebar({ host, panel, open })
  answer(subject("1"))
  await settled()
  expect(opened).toEqual([{ identity: own("1"), isClosed: false }])
  expect([panel.subject, panel.context === panel.desk]).toEqual([subject("1"), true])
})

it("turns to the next customer and leaves the one before", async () => {
  const stop = connectSidebar({ host, panel, open })
  change(subject("1"))
  change(subject("2"))
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false])
  change(null)
  expect([opened[1]?.isClosed, panel.context, panel.subject]).toEqual([true, undefined, undefined])
  change(subject("3"))
  stop()
  change(subject("4"))
  expect([opened.length, opened[2]?.isClosed, panel.context, listeners.size]).toEqual([3, true, undefined, 0])
})

it("nobody is opened by what anybody may have written, and it stands as a claim", () => {
  connectSidebar({ host, panel, open })
  change(subject("1"))
  for (const kind of ["email", "phone", "user", "handle"]) {
    const claimed: SidebarSubject = { identities: [{ kind, value: "+49 30 901820" }], displayName: "Ada Lovelace" }
    change(claimed)
    expect([opened.length, opened[0]?.isClosed]).toEqual([1, true])
    expect([panel.subject, panel.context, panel.desk]).toEqual([claimed, undefined, undefined])
  }
})

it("a customer who is told again stays open, by whatever name", () => {
  connectSidebar({ host, panel, open })
  change(subject("1"))
  const { context } = panel
  const renamed = { ...subject("1"), displayName: "Ada King" }
  change(renamed)
  expect([opened.length, opened[0]?.isClosed]).toEqual([1, false])
  expect([panel.subject, panel.context === context]).toEqual([renamed, true])
})

it("where looking up fails, nobody stands there", () => {
  const lookUp = ({ displayName }: SidebarSubject) => {
    if (displayName === "Ada King") throw new Error("on purpose")
    return own("1")
  }
  connectSidebar({ host, panel, open, lookUp })
  change(subject("1"))
  expect(() => change({ ...subject("1"), displayName: "Ada King" })).toThrow("on purpose")
  expect([opened[0]?.isClosed, panel.context, panel.subject]).toEqual([true, undefined, undefined])
})

it("a first answer that comes after a change is out of date", async () => {
  connectSidebar({ host, panel, open })
  change(subject("2"))
  answer(subject("1"))
  await settled()
  expect(panel.subject).toEqual(subject("2"))
})

it("whom to look up by is the app's to choose; by nothing, nobody is opened", () => {
  const lookUp = ({ identities }: SidebarSubject) => identities.find(({ kind }) => kind === "email")
  connectSidebar({ host, panel, open, lookUp })
  change(subject("1"))
  change({ identities: [own("2")] })
  expect(opened.map(({ identity }) => identity.value)).toEqual(["1@example.com"])
  expect(panel.context).toBeUndefined()
})
