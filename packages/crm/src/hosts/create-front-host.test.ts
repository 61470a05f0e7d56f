import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { beforeAll, expect, it } from "vitest"
import { createFrontHost, type FrontContexts } from "./create-front-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"
import { bundleClient, openFrame } from "./open-frame.suite.ts"

let sdk: string

beforeAll(async () => {
  sdk = await bundleClient(`window.Front = require("@frontapp/plugin-sdk").default`)
})

/** Front's side of the frame, over the real SDK in it: it is handed a port by the SDK's handshake. */
const openFront = () => {
  let port: MessagePort | undefined
  const frame = openFrame({
    url: "https://plugin.example/?auth_secret=s",
    onPost(message, _origin, [given]) {
      if (message === "@frontapp/ui-sdk#WebViewBridge.handshake") port = given
    },
  })
  Object.assign(frame.window, { MessageChannel })
  frame.window.eval(sdk)
  return {
    frame,
    contextUpdates: (frame.window.Front as { contextUpdates: FrontContexts }).contextUpdates,
    say: async (context: unknown) => {
      port?.postMessage({ type: "context_update", context })
      // Ports deliver in a later task than the one they are posted in.
      await new Promise((delivered) => setTimeout(delivered, 5))
    },
    close() {
      port?.close()
      frame.close()
    },
  }
}

const teammate = { ...sidebarPeople.agent, email: "grace@example.com" }
const toContext = (person: SidebarPerson | null) =>
  person === null
    ? { type: "noConversation", id: "c0", functionArities: {}, teammate }
    : {
        type: "singleConversation",
        id: `c${person.id}`,
        functionArities: { listMessages: 2 },
        teammate,
        ...conversation(person),
      }
const conversation = ({ id, name, email }: SidebarPerson) => ({
  conversation: { id: `cnv_${id}`, subject: "Torn shoe", recipient: { name, handle: email, contact: { id } } },
})

sidebarHostSuite({
  name: "the Front sidebar",
  ownKind: "front.contact",
  isForgeable: true,
  setup() {
    const front = openFront()
    const { contextUpdates, frame, say } = front
    return {
      host: createFrontHost({ contextUpdates }),
      show: (person) => say(toContext(person)),
      malformed: hostileValues.map((value) => () => {
        const context = {
          type: "singleConversation",
          id: "c",
          functionArities: {},
          teammate,
          conversation: { recipient: value },
        }
        return say(context)
      }),
      forge: (person) => frame.post({ type: "context_update", context: toContext(person) }, "https://evil.example"),
      teardown: front.close,
    }
  },
})

it("several conversations at once are nobody, and a phone number is one", async () => {
  const front = openFront()
  const host = createFrontHost({ contextUpdates: front.contextUpdates })
  front.contextUpdates.subscribe(() => {}).unsubscribe()
  await front.say({ ...toContext(null), type: "multiConversations", conversations: [{}, {}] })
  expect(await host.current()).toBeNull()
  const recipient = { handle: "+49 30 901820", name: null, contact: null }
  await front.say({ type: "singleConversation", id: "c", functionArities: {}, conversation: { recipient } })
  expect(await host.current()).toEqual({ identities: [{ kind: "phone", value: "+49 30 901820" }] })
  const named = { ...recipient, handle: "ada_lovelace" }
  await front.say({ type: "singleConversation", id: "d", functionArities: {}, conversation: { recipient: named } })
  expect(await host.current()).toEqual({ identities: [{ kind: "handle", value: "ada_lovelace" }] })
  front.close()
})

it("a Front that never speaks is waited for only so long", async () => {
  const host = createFrontHost({ contextUpdates: { subscribe: () => ({ unsubscribe: () => {} }) }, patience: 5 })
  expect([await host.current(), await host.agent()]).toEqual([null, null])
})
