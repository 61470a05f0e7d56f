import { inText, type Unsubscribe } from "@tellonce/core"
import type { PreChatHost, Visitor } from "../widget/create-pre-chat-host.ts"
import type { FormContext } from "./guard-form.ts"

export interface PreChatOptions<Field extends string> {
  readonly host: Pick<PreChatHost, "prefill">
  readonly context: Pick<FormContext<Field>, "ask" | "subscribe">
  /** Which fields hold what the form asks for. */
  readonly fields: Readonly<Partial<Record<keyof Visitor, Field>>>
}

/**
 * Fills a vendor's form before the chat with what is known for sure, now and when it becomes known. What may have changed is left
 * to the form: it cannot ask "is it still". What is no longer known, because they signed out, is emptied; all of it is on release.
 */
export const guardPreChat = <Field extends string>({ host, context, fields }: PreChatOptions<Field>): Unsubscribe => {
  let filled = "{}"
  const fill = (visitor: Visitor) => {
    if (JSON.stringify(visitor) === filled) return
    filled = JSON.stringify(visitor)
    host.prefill(visitor)
  }
  const look = () => {
    const named = Object.entries(fields) as readonly (readonly [keyof Visitor, Field])[]
    const answers = context.ask(named.map(([, field]) => field))
    const known = named.flatMap(([name, field]) => {
      const given = answers[field]
      return given.answer === "skip" ? [[name, inText(given.value)]] : []
    })
    fill(Object.fromEntries(known))
  }
  look()
  const stop = context.subscribe(look)
  return () => {
    stop()
    fill({})
  }
}
