import { type ChatHostEvent, isEmpty, type Statement } from "@tellonce/core"

/** The longest text a signal may hold. */
const longest = 65_536

export interface Telling {
  readonly channel: string
  readonly answeredBy: "bot" | "agent"
  readonly understand: (text: string) => Readonly<Record<string, unknown>>
}

/** What a chat event states; undefined for one that states nothing, such as an opened window or a picture without words. */
export const toStatement = (event: ChatHostEvent, telling: Telling): Statement | undefined => {
  const { channel, answeredBy, understand } = telling
  if (event.type === "identity.claimed") {
    const email = event.email?.trim()
    if (!email) return undefined
    return {
      channel,
      authority: "customer",
      event: { name: "linked", to: { kind: "email", value: email }, proof: "claimed" },
    }
  }
  if (event.type !== "message.sent" && event.type !== "message.received") return undefined
  const text = event.text?.trim().slice(0, longest)
  if (!text) return undefined
  const said: Statement = { ...identified(event, channel), channel, event: { name: "message", text } }
  if (event.type === "message.received") return { ...said, authority: answeredBy }
  const facts = Object.entries(understand(text)).filter(([, fact]) => !isEmpty(fact))
  const stated: Statement = { ...said, authority: "customer" }
  return facts.length === 0 ? stated : { ...stated, facts: Object.fromEntries(facts) }
}

/** One message, one id: told twice, it is one signal. Where the host's id cannot be one, the port gives its own. */
const identified = (
  {
    conversationId,
    messageId,
  }: { readonly conversationId?: string | undefined; readonly messageId?: string | undefined },
  channel: string,
): { readonly id?: string } => {
  if (!messageId) return {}
  const id = [channel, conversationId, messageId].filter(Boolean).join(":")
  return /^[^\s#]{1,128}$/.test(id) ? { id } : {}
}
