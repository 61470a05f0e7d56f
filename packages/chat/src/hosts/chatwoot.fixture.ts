/**
 * Chatwoot's widget by its sources: `$chatwoot`, events on the window, and attributes that only a conversation can hold. One begins with
 * its first message, after the button of that name was pressed; and what is set replaces what was.
 */
export const runChatwoot = (page: Window & { readonly CustomEvent?: typeof CustomEvent }) => {
  let conversation: Record<string, unknown> | undefined
  let conversations = 0
  let writes = 0
  let messages = 0
  const event = page.CustomEvent ?? CustomEvent
  const tell = (name: string, detail?: object) => page.dispatchEvent(new event(`chatwoot:${name}`, { detail }))
  const say = (from: { readonly message_type: number; readonly sender?: object }, content: string) => {
    if (!conversation) conversations++
    conversation ??= {}
    tell("on-message", { id: ++messages, content, conversation_id: 6 + conversations, private: false, ...from })
  }
  const send = (text: string) => say({ message_type: 0 }, text)
  const start = () => {
    tell("on-start-conversation", { hasConversation: conversation !== undefined })
    conversation = undefined
    send("Hello")
  }
  const $chatwoot = {
    hasLoaded: true,
    setConversationCustomAttributes: (attributes: object) => {
      if (Object.keys(attributes).length === 0) throw new Error("Custom attributes should have atleast one key")
      writes++
      if (conversation) conversation = { ...attributes }
    },
    deleteConversationCustomAttribute: (key: string) => {
      delete conversation?.[key]
    },
  }
  Object.assign(page, { $chatwoot })
  tell("ready")
  return {
    start,
    open: () => tell("opened"),
    close: () => tell("closed"),
    send,
    receive: (text: string) => say({ message_type: 1, sender: { type: "user", name: "Agent" } }, text),
    note: (text: string) => say({ message_type: 2 }, text),
    claim: (email: string) => say({ message_type: 0, sender: { type: "contact", name: "Ada", email } }, "Hello"),
    writes: () => writes,
    attributes: () => ({ ...conversation }),
  }
}
