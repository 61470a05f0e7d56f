import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { beforeAll, expect, it } from "vitest"
import { createZendeskHost, type ZendeskClient } from "./create-zendesk-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"
import { bundleClient, openFrame } from "./open-frame.suite.ts"

const zendesk = "https://shop.zendesk.com"
let sdk: string

beforeAll(async () => {
  sdk = await bundleClient(`window.ZAFClient = require("zendesk_app_framework_sdk")`)
})

interface Message {
  readonly id?: number
  readonly key?: string
  readonly params?: readonly string[]
}

/** Zendesk's side of the frame, over the real SDK in it. `paths` is what can be got here. */
const openZendesk = () => {
  let paths: Readonly<Record<string, unknown>> = {}
  let isSilent = false
  const handlers = new Map<string, number>()
  const frame = openFrame({
    url: `https://app.example/?origin=${encodeURIComponent(zendesk)}&app_guid=G`,
    onPost(text, origin) {
      if (origin !== zendesk) return
      const { id, key = "", params = [] } = JSON.parse(String(text)) as Message
      const [, change, event] = /^iframe\.(on|off):(.*)/.exec(key) ?? []
      if (event) handlers.set(event, (handlers.get(event) ?? 0) + (change === "on" ? 1 : -1))
      if (key === "iframe.handshake") say({ key: "zaf.app.registered", message: { metadata: {}, context: {} } })
      if (id !== undefined && !isSilent) say({ id, result: answer(params) })
    },
  })
  const say = (message: object) => queueMicrotask(() => frame.post(JSON.stringify(message), zendesk))
  const answer = (asked: readonly string[]) => {
    const errors = asked
      .filter((path) => !Object.hasOwn(paths, path))
      .map((path) => [path, { name: "APIUnhandledError" }])
    return { errors: Object.fromEntries(errors), ...Object.fromEntries(asked.map((path) => [path, paths[path]])) }
  }
  const currentUser = { id: Number(sidebarPeople.agent.id), name: sidebarPeople.agent.name }
  return {
    frame,
    handlers: () => [...handlers.values()].reduce((sum, count) => sum + count, 0),
    silence: () => {
      isSilent = true
    },
    say,
    put(shown: Readonly<Record<string, unknown>>) {
      paths = { currentUser, ...shown }
    },
    client: () => {
      frame.window.eval(sdk)
      return (frame.window.ZAFClient as { init(): ZendeskClient | false }).init()
    },
  }
}

const requester = ({ id, ...person }: SidebarPerson) => ({
  id: Number(id),
  ...person,
  externalId: `u-${id}`,
  identities: [
    { type: "email", value: person.email, verified: true },
    { type: "phone_number", value: "+4930901820" },
    { type: "twitter", value: "@ada" },
  ],
})

sidebarHostSuite({
  name: "the Zendesk sidebar",
  ownKind: "zendesk.user",
  isForgeable: true,
  setup() {
    const desk = openZendesk()
    const show = (shown: unknown, event = "zaf.ticket.requester.id.changed") => {
      desk.put(shown === null ? {} : { "ticket.requester": shown })
      desk.say({ key: event, message: "whatever it says" })
    }
    return {
      host: createZendeskHost({ client: desk.client() }),
      show: (person) => show(person && requester(person)),
      malformed: [
        ...hostileValues.map((value) => () => show(value)),
        () => desk.frame.post("{no json", zendesk),
        () => desk.frame.post(JSON.stringify({ key: "zaf.app.activated", message: null }), zendesk),
      ],
      forge(person) {
        const forged = { id: 1, result: { "ticket.requester": requester(person) } }
        for (let id = 1; id < 20; id += 1) desk.frame.post(JSON.stringify({ ...forged, id }), "https://evil.example")
        desk.frame.post(JSON.stringify({ key: "zaf.app.activated" }), "https://evil.example")
      },
      listening: desk.handlers,
      teardown: desk.frame.close,
    }
  },
})

it("in the user sidebar it is the user shown, with every address Zendesk has of them", async () => {
  const desk = openZendesk()
  desk.put({ user: requester(sidebarPeople.ada) })
  const subject = await createZendeskHost({ client: desk.client() }).current()
  expect(subject?.identities).toEqual([
    { kind: "zendesk.user", value: "100" },
    { kind: "user", value: "u-100" },
    { kind: "email", value: "ada@example.com" },
    { kind: "phone", value: "+4930901820" },
  ])
  desk.frame.close()
})

it("opened outside Zendesk the SDK gives false, and nobody is selected", async () => {
  const host = createZendeskHost({ client: false })
  expect([await host.current(), await host.agent()]).toEqual([null, null])
  host.onChange(() => {})()
})

it("a Zendesk that does not answer is not waited for longer than told, and an SDK's own timeout object is nobody", async () => {
  const desk = openZendesk()
  desk.put({ "ticket.requester": requester(sidebarPeople.ada) })
  const client = desk.client()
  desk.silence()
  if (client === false) throw new Error("the SDK found no Zendesk")
  expect(await createZendeskHost({ client, patience: 5 }).current()).toBeNull()
  const timedOut = { ...client, get: async () => ({ name: "TimeoutError", message: "Timeout when invoking get" }) }
  expect(await createZendeskHost({ client: timedOut }).current()).toBeNull()
  desk.frame.close()
})
