import { create } from "../element.ts"
import type { CrmAccess } from "./crm-access.ts"

/** Zendesk's side of a ticket sidebar: it posts a signed token into the frame, and answers its SDK there. */
export const openZendesk = (place: HTMLElement, { requester, deskUrl, zendeskToken }: CrmAccess): void => {
  const frame = create("iframe", { name: "zendesk-app", title: "Tellonce in Zendesk" })
  const say = (message: object) => frame.contentWindow?.postMessage(JSON.stringify(message), deskUrl)
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== deskUrl) return
    const { id, key, request } = JSON.parse(String(data)) as Readonly<Record<string, unknown>>
    if (key === "iframe.handshake") say({ key: "zaf.app.registered", message: { metadata: {}, context: {} } })
    if (request === "get") say({ id, result: { errors: {}, "ticket.requester": requester } })
  })
  const query = new URLSearchParams({ app_guid: "tellonce", origin: location.origin })
  const action = `${deskUrl}/zendesk?${query}`
  const token = create("input", { type: "hidden", name: "token", value: zendeskToken })
  const form = create("form", { method: "post", action, target: frame.name, hidden: true }, token)
  place.append(frame, form)
  form.submit()
}
