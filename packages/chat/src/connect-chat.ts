import {
  type ChatHost,
  type ChatHostEvent,
  type Context,
  type ContextPort,
  type FactsOf,
  type Fields,
  identityKey,
  isEvent,
  type Statement,
  type Unsubscribe,
} from "@tellonce/core"
import { createAttributePush, type Schedule } from "./create-attribute-push.ts"
import { createRepeats } from "./create-repeats.ts"
import { type Following, followView } from "./follow-view.ts"
import { toStatement } from "./to-statement.ts"

export interface ChatConnection<F extends Fields> {
  readonly host: ChatHost & { readonly pace?: number }
  /** A client says by its `context` which fields there are; for another port name them: `connectChat<typeof shop.fields>(…)`. */
  readonly context: ContextPort<F> & { context?(): Context<F> }
  /** `web-chat` unless told. */
  readonly channel?: string | undefined
  /** The facts a customer's text states, by the app's own rules. What it throws goes to `onError`; the message is recorded all the same. */
  readonly understand?: ((text: string) => Understood<F>) | undefined
  /** The fields the widget's conversation carries along as attributes. None unless told. */
  readonly attributes?: readonly (keyof F & string)[] | undefined
  /** Who answers in this chat; a bot unless told. */
  readonly answeredBy?: "bot" | "agent" | undefined
  /** The console unless told. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** The rest between two pushes of attributes: the host's own pace unless told, and none where it has none. */
  readonly schedule?: Schedule | undefined
}

/** What a text states, by field; undefined states nothing. */
type Understood<F extends Fields> = { readonly [Name in keyof F]?: FactsOf<F>[Name] | undefined }

/** What is said in the chat becomes context, and chosen fields of the context reach the chat, until unsubscribed. */
export const connectChat = <F extends Fields>(connection: ChatConnection<F>): Unsubscribe => {
  const { host, context, onError = (error) => console.error(error), schedule = atPaceOf(host) } = connection
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      onError(error)
    }
  }
  const fields = connection.attributes ?? []
  const attributes = createAttributePush({ put: (changed) => host.setAttributes(changed), schedule, onError })
  let following: Following | undefined
  const isRepeat = createRepeats()
  const understand = (text: string) => factsIn(text, connection.understand, onError)
  const { channel = "web-chat", answeredBy = "bot" } = connection
  const hear = (event: ChatHostEvent) => {
    if (event.type === "conversation.started") attributes.resend()
    const statement = toStatement(event, { channel, answeredBy, understand })
    if (!statement || isRepeat(statement.id) || isLinked(statement, context)) return
    context.record(statement)
    // The message may leave in this very turn, and a client tells of a change after it.
    following?.look()
  }
  const stops: Unsubscribe[] = []
  attempt(() => stops.push(host.subscribe((event) => attempt(() => hear(event)))))
  attempt(() => {
    if (fields.length === 0) return
    following = followView({ host, context, fields, attributes, onError })
    stops.push(attributes.stop, following.stop)
  })
  return () => {
    for (const stop of stops.splice(0)) attempt(stop)
  }
}

const atPaceOf = ({ pace }: { readonly pace?: number }): Schedule | undefined =>
  pace === undefined
    ? undefined
    : (task) => {
        const timer = setTimeout(task, pace)
        return () => clearTimeout(timer)
      }

/** Some widgets tell the address with every message. Who is linked to it already states nothing by it. */
const isLinked = <F extends Fields>({ event }: Statement, context: ContextPort<F>): boolean => {
  if (!isEvent(event, "linked")) return false
  const claimed = identityKey(event.to)
  return context.view().$.links.some((link) => identityKey(link) === claimed)
}

const factsIn = <F extends Fields>(
  text: string,
  understand: ((text: string) => Understood<F>) | undefined,
  onError: (error: unknown) => void,
): Readonly<Record<string, unknown>> => {
  try {
    return understand?.(text) ?? {}
  } catch (error) {
    onError(error)
    return {}
  }
}
