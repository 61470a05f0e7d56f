import { type SidebarPerson, sidebarHostSuite, sidebarPeople } from "@tellonce/testing"
import { createIntercomHost } from "./create-intercom-host.ts"
import { hostileValues } from "./hostile-values.fixture.ts"

const request = (contact: unknown) => ({
  workspace_id: "w1",
  admin: { type: "admin", ...sidebarPeople.agent },
  contact,
})
const toContact = ({ id, name, email }: SidebarPerson) => ({
  type: "contact",
  id,
  external_id: null,
  name,
  email,
  phone: null,
})

sidebarHostSuite({
  name: "the Intercom inbox",
  ownKind: "intercom.contact",
  isForgeable: false,
  setup() {
    const host = createIntercomHost()
    return {
      host,
      show: (person) => host.receive(request(person && toContact(person))),
      malformed: [
        ...hostileValues.map((value) => () => host.receive(value)),
        ...hostileValues.map((value) => () => host.receive(request(value))),
      ],
      teardown: () => {},
    }
  },
})
