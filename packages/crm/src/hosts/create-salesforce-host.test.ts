import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { expect, it } from "vitest"
import { createSalesforceHost, type SalesforceCanvas } from "./create-salesforce-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"

const recordEvent = "acme.record"

/** `Sfdc.canvas.client` as its reference has it; Salesforce gives it out with an org alone. */
const openCanvas = () => {
  let environment: unknown = {}
  const subscriptions = new Map<string, (data: unknown) => void>()
  const user = { userId: sidebarPeople.agent.id, fullName: sidebarPeople.agent.name }
  const canvas: SalesforceCanvas = {
    ctx: (callback) => void queueMicrotask(() => callback({ status: 200, payload: { environment, user } })),
    subscribe: (_client, { name, onData }) => void subscriptions.set(name, onData),
    unsubscribe: (_client, name) => void subscriptions.delete(name),
  }
  return {
    canvas,
    subscriptions,
    show(next: unknown) {
      environment = next
      subscriptions.get(recordEvent)?.({})
    },
  }
}

const toEnvironment = ({ id, name, email }: SidebarPerson) => ({
  record: { Id: id, Name: name, attributes: { type: "Contact", url: "/x" } },
  parameters: { email },
})

sidebarHostSuite({
  name: "the Salesforce canvas",
  ownKind: "salesforce.contact",
  isForgeable: false,
  setup() {
    const { canvas, subscriptions, show } = openCanvas()
    return {
      host: createSalesforceHost({ canvas, client: {}, recordEvent }),
      show: (person) => show(person ? toEnvironment(person) : {}),
      malformed: [
        ...hostileValues.map((value) => () => show(value)),
        ...hostileValues.map(
          (value) => () => show({ record: { Id: value, attributes: { type: value } }, parameters: value }),
        ),
      ],
      listening: () => subscriptions.size,
      teardown: () => {},
    }
  },
})

it("without an event of the page nothing is subscribed to", () => {
  const { canvas, subscriptions } = openCanvas()
  const stop = createSalesforceHost({ canvas, client: {} }).onChange(() => {})
  expect(subscriptions.size).toBe(0)
  stop()
})
