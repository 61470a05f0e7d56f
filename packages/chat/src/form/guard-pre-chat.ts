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
 * to the form: it cannot ask "is it still".
 */
export const guardPreChat = <Field extends string>({ host, context, fields }: PreChatOptions<Field>): Unsubscribe => {
  let filled = "{}"
  const fill = () => {
    const named = Object.entries(fields) as readonly (readonly [keyof Visitor, Field])[]
    const answers = context.ask(named.map(([, field]) => field))
    const visitor = Object.fromEntries(
      named.flatMap(([name, field]) => {
        const given = answers[field]
        return given.answer === "skip" ? [[name, inText(given.value)]] : []
      }),
    )
    if (JSON.stringify(visitor) === filled) return
    filled = JSON.stringify(visitor)
    host.prefill(visitor)
  }
  fill()
  return context.subscribe(fill)
}
