import type { ChatHost, ChatHostEvent } from "@tellonce/core"

type MaybePromise<T> = T | Promise<T>
type Bag = Readonly<Record<string, unknown>>

/** A host over its widget; what its means answer is awaited. What a widget has no means for is absent, and not among what its binding `can`. */
export interface ChatHostSetup {
  readonly host: ChatHost
  /** The customer sends a message by the widget's own means; answers when the widget has taken it. */
  send?(text: string): unknown
  /** An answer arrives. */
  receive?(text: string): unknown
  open?(): unknown
  close?(): unknown
  /** A conversation begins. What the widget forgets then, it must forget here. */
  start?(): unknown
  end?(): unknown
  /** The customer types this address into the widget's own form. */
  claim?(email: string): unknown
  /**
   * What the app's own handler, in place before the host was made, has heard: the texts sent, or `message`, or `opened`, as
   * the binding's `hears` says.
   */
  appHeard(): readonly string[]
  /** What the widget's conversation carries now, as its vendor would see it. */
  attributes(): MaybePromise<Bag>
  /** How many writes of attributes have reached the vendor. */
  writes?(): number
  /** Whom the vendor takes the visitor for. */
  identity?(): unknown
  teardown(): unknown
}

/** What a customer, or a widget, can do. */
export type ChatHostMeans = "send" | "receive" | "open" | "close" | "start" | "end" | "claim"

export interface ChatHostBinding {
  readonly name: string
  /** The means of this widget, and so the laws it is held to. `setup` must have each of them. */
  readonly can: readonly ChatHostMeans[]
  /** Does the vendor keep who the visitor is? Then `setup` has `identity`. */
  readonly knowsVisitors: boolean
  /** What a page is told of a message: its words, only that there was one, or nothing. */
  readonly hears: "words" | "messages" | "nothing"
  /** The vendor's key of an attribute: its own name unless told. */
  readonly key?: (name: string) => string
  /** What a removed attribute leaves behind; nothing unless told. */
  readonly removed?: unknown
  /** By the vendor's own documentation. Absent where there are none. */
  readonly limits?: {
    readonly keys: number
    readonly text: number
    readonly key: RegExp
    readonly types: readonly string[]
  }
  /** A host made where there is no page. */
  withoutPage(): ChatHost
  setup(): MaybePromise<ChatHostSetup>
  /** A page on which the widget's script has not come yet. */
  late?(): MaybePromise<ChatHostSetup & { load(): unknown }>
  /** A widget each of whose functions throws. */
  broken?(): MaybePromise<{ readonly host: ChatHost; errors(): readonly unknown[]; teardown(): unknown }>
}

/** What a listener hears of a host until it stops. */
export const listen = (host: ChatHost) => {
  const heard: ChatHostEvent[] = []
  const stop = host.subscribe((event) => heard.push(event))
  const texts = (type: ChatHostEvent["type"]) =>
    heard.flatMap((event) => (event.type === type && "text" in event ? [event.text] : []))
  return {
    stop,
    types: () => heard.map(({ type }) => type),
    sent: () => texts("message.sent"),
    received: () => texts("message.received"),
    heard,
  }
}

/** Does what every widget can tell of: sends a message or, where messages are not told, opens. Answers what the app hears of it. */
export const act = async ({ hears }: ChatHostBinding, widget: ChatHostSetup, text: string): Promise<string> => {
  if (hears === "nothing") await widget.open?.()
  else await widget.send?.(text)
  return { words: text, messages: "message", nothing: "opened" }[hears]
}

/** The type of event that `act` brings. */
export const acted = ({ hears }: ChatHostBinding): ChatHostEvent["type"] =>
  hears === "nothing" ? "opened" : "message.sent"
