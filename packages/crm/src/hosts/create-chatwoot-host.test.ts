import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { expect, it } from "vitest"
import { type ChatwootWindow, createChatwootHost } from "./create-chatwoot-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"
import { openFrame } from "./open-frame.suite.ts"

const origin = "https://app.chatwoot.com"

/** Chatwoot's side of the frame: it answers the one request with a JSON string, and pushes the same whenever it likes. */
const openChatwoot = () => {
  let contact: unknown = null
  const frame = openFrame({
    url: "https://panel.example/",
    onPost(message) {
      if (message === "chatwoot-dashboard-app:fetch-info") queueMicrotask(push)
    },
  })
  const push = () => {
    const data = {
      conversation: { id: 1, meta: { hmac_verified: false } },
      contact,
      currentAgent: { ...sidebarPeople.agent, id: 7 },
    }
    frame.post(JSON.stringify({ event: "appContext", data }), origin)
  }
  return {
    frame,
    show(next: unknown) {
      contact = next
      push()
    },
    host: createChatwootHost({ origin, window: frame.window as unknown as ChatwootWindow, patience: 50 }),
  }
}

const toContact = ({ id, name, email }: SidebarPerson) => ({
  id: Number(id),
  name,
  email,
  identifier: `u-${id}`,
  phone_number: "",
})

sidebarHostSuite({
  name: "the Chatwoot dashboard app",
  ownKind: "chatwoot.contact",
  isForgeable: true,
  setup() {
    const { frame, host, show } = openChatwoot()
    const forged = (person: SidebarPerson) =>
      JSON.stringify({ event: "appContext", data: { contact: toContact(person) } })
    return {
      host,
      show: (person) => show(person && toContact(person)),
      malformed: [
        ...hostileValues.map((value) => () => show(value)),
        ...[
          "{",
          "null",
          "[]",
          '{"event":"appContext"}',
          '{"event":"other","data":{"contact":{"id":9}}}',
          "{}".repeat(9),
        ].map((text) => () => frame.post(text, origin)),
        () => frame.post({ event: "appContext", data: { contact: { id: 9 } } }, origin),
      ],
      forge(person) {
        frame.post(forged(person), "https://evil.example")
        frame.post(forged(person), `${origin}.evil.example`)
        frame.post(forged(person), origin, { postMessage: () => {} })
        frame.post(forged(person), origin, null)
      },
      listening: frame.listeners,
      teardown: frame.close,
    }
  },
})

it("it asks Chatwoot alone, and hears of the contact what Chatwoot knows of them", async () => {
  const asked: [unknown, string][] = []
  const frame = openFrame({ url: "https://panel.example/", onPost: (...post) => void asked.push([post[0], post[1]]) })
  const host = createChatwootHost({ origin, window: frame.window as unknown as ChatwootWindow, patience: 5 })
  expect(await host.current()).toBeNull()
  expect(asked).toEqual([["chatwoot-dashboard-app:fetch-info", origin]])
  expect(frame.listeners()).toBe(0)
  frame.close()
})
