import { createRenderer } from "@hubspot/ui-extensions/testing"
import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { expect, it } from "vitest"
import { createHubspotHost } from "./create-hubspot-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"

type Properties = Record<string, string>

/** HubSpot's own test renderer: its context and its actions, as `hubspot.extend` hands them over. */
const openHubspot = () => {
  const { mocks } = createRenderer("crm.record.sidebar")
  const { context, actions } = mocks
  const callbacks: ((properties: Properties) => void)[] = []
  let shown: unknown = {}
  actions.fetchCrmObjectProperties.willCall(async () => shown as Properties)
  actions.onCrmPropertiesUpdate.willCall(
    (_names, callback) => void callbacks.push(callback as (typeof callbacks)[number]),
  )
  const { agent } = sidebarPeople
  Object.assign(context.user, { id: Number(agent.id), firstName: "Grace", lastName: "Hopper" })
  return {
    context: context as unknown as { crm: Record<string, unknown> },
    actions,
    put(crm: unknown, properties: unknown) {
      Object.assign(context, { crm })
      shown = properties
      for (const callback of callbacks) callback(properties as Properties)
    },
  }
}

const record = ({ id }: SidebarPerson) => ({ objectId: Number(id), objectTypeId: "0-1" })
const properties = ({ name, email }: SidebarPerson) => {
  const [firstname, lastname] = name.split(" ")
  return { firstname, lastname, email, phone: null }
}

sidebarHostSuite({
  name: "the HubSpot card",
  ownKind: "hubspot.contact",
  isForgeable: false,
  setup() {
    const { context, actions, put } = openHubspot()
    return {
      host: createHubspotHost({ context, actions }),
      show: (person) => (person ? put(record(person), properties(person)) : put(undefined, {})),
      malformed: [
        ...hostileValues.map((value) => () => put(value, value)),
        ...hostileValues.map(
          (value) => () => put({ objectId: value, objectTypeId: value }, { email: value, firstname: value }),
        ),
      ],
      teardown: () => {},
    }
  },
})

it("a record of another type is no contact", async () => {
  const { context, actions, put } = openHubspot()
  const host = createHubspotHost({ context, actions })
  put({ objectId: 5, objectTypeId: "0-5" }, {})
  expect((await host.current())?.identities).toEqual([{ kind: "hubspot.ticket", value: "5" }])
  put({ objectId: 6, objectTypeId: "2-1234" }, {})
  expect((await host.current())?.identities).toEqual([{ kind: "hubspot.2-1234", value: "6" }])
})

it("two records of the same number are one only if they are of one type", async () => {
  const { context, actions, put } = openHubspot()
  const host = createHubspotHost({ context, actions })
  const seen: (string | undefined)[] = []
  for (const objectTypeId of ["0-1", "0-5", "0-7", "2-1234", "2-5678", "no type", undefined]) {
    put({ objectId: 6, objectTypeId }, {})
    seen.push((await host.current())?.identities[0]?.kind)
  }
  expect(new Set(seen).size).toBe(6)
  expect(seen.slice(-2)).toEqual(["hubspot.object", "hubspot.object"])
})

it("properties that HubSpot refuses leave the record itself", async () => {
  const { context, actions, put } = openHubspot()
  put({ objectId: 5, objectTypeId: "0-1" }, {})
  actions.fetchCrmObjectProperties.willCall(async () => Promise.reject(new Error("no scope")))
  const host = createHubspotHost({ context, actions })
  expect(await host.current()).toEqual({ identities: [{ kind: "hubspot.contact", value: "5" }] })
})
