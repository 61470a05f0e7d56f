import type { ChatHost, ChatHostEvent, ContextPort, FactsOf, Fields, Unsubscribe } from "@tellonce/core"
import { createAttributePush, type Schedule } from "./create-attribute-push.ts"
import { createRepeats } from "./create-repeats.ts"
import { toAttributes } from "./to-attributes.ts"
import { toStatement } from "./to-statement.ts"

export interface ChatConnection<F extends Fields> {
  readonly host: ChatHost & { readonly pace?: number }
  readonly context: ContextPort<F>
  /** `web-chat` unless told. */
  readonly channel?: string | undefined
  /** The facts a customer's text states, by the app's own rules. What it throws goes to `onError`; the message is recorded all the same. */
  readonly understand?: ((text: string) => FactsOf<F>) | undefined
  /** The fields the widget's conversation carries along as attributes. None unless told. */
  readonly attributes?: readonly (keyof F & string)[] | undefined
  /** Who answers in this chat; a bot unless told. */
  readonly answeredBy?: "bot" | "agent" | undefined
  /** The console unless told. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** The rest between two pushes of attributes: the host's own pace unless told. */
  readonly schedule?: Schedule | undefined
}

/** What is said in the chat becomes context, and chosen fields of the context reach the chat, until unsubscribed. */
export const connectChat = <F extends Fields>(connection: ChatConnection<F>): Unsubscribe => {
  const { host, context, onError = (error) => console.error(error), schedule = after(host.pace ?? 0) } = connection
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      onError(error)
    }
  }
  const fields = connection.attributes ?? []
  const attributes = createAttributePush({
    put: (changed) => attempt(() => host.setAttributes(changed)),
    schedule,
  })
  const isRepeat = createRepeats()
  const understand = (text: string) => factsIn(text, connection.understand, onError)
  const { channel = "web-chat", answeredBy = "bot" } = connection
  const hear = (event: ChatHostEvent) => {
    if (event.type === "conversation.started") attributes.resend()
    const statement = toStatement(event, { channel, answeredBy, understand })
    if (statement && !isRepeat(statement.id)) context.record(statement)
  }
  const stops: Unsubscribe[] = []
  attempt(() => stops.push(host.subscribe((event) => attempt(() => hear(event)))))
  if (fields.length > 0) {
    attempt(() => stops.push(attributes.stop, followView({ host, context, fields, attributes, onError })))
  }
  return () => {
    for (const stop of stops.splice(0)) attempt(stop)
  }
}

const after =
  (pace: number): Schedule =>
  (task) => {
    const timer = setTimeout(task, pace)
    return () => clearTimeout(timer)
  }

const factsIn = <F extends Fields>(
  text: string,
  understand: ((text: string) => FactsOf<F>) | undefined,
  onError: (error: unknown) => void,
): Readonly<Record<string, unknown>> => {
  try {
    return understand?.(text) ?? {}
  } catch (error) {
    onError(error)
    return {}
  }
}

interface Following<F extends Fields> {
  readonly host: ChatHost
  readonly context: ContextPort<F>
  readonly fields: readonly (keyof F & string)[]
  readonly attributes: ReturnType<typeof createAttributePush>
  readonly onError: (error: unknown) => void
}

/** Begins when the widget can take attributes: what is set before is lost by most vendors. */
const followView = <F extends Fields>({ host, context, fields, attributes, onError }: Following<F>): Unsubscribe => {
  let unsubscribe: Unsubscribe | undefined
  let stopped = false
  const begin = () => {
    if (stopped) return
    unsubscribe = context.subscribe((view) => attributes.offer(toAttributes(view, fields)))
    attributes.offer(toAttributes(context.view(), fields))
  }
  host.ready().then(begin).catch(onError)
  return () => {
    stopped = true
    unsubscribe?.()
  }
}
