import type { Fields, Unsubscribe } from "@tellonce/core"
import type { ClientEvents, ContextClient } from "../client-options.ts"

export interface DevtoolsOptions {
  /** How it is called in the list of instances; `tellonce` unless told. */
  readonly name?: string
}

/** The part of the Redux DevTools extension's documented protocol that is used. */
interface Extension {
  connect(options: { readonly name: string }): {
    init(state: unknown): void
    send(action: { readonly type: string; readonly payload: unknown }, state: unknown): void
  }
}

const events = ["change", "sent", "refused", "status", "error"] as const satisfies readonly (keyof ClientEvents)[]

/**
 * Shows every event of a client, and the view, status and counts after it, in the Redux DevTools of the browser. Does nothing where they
 * are not installed. The customer's data is shown to whoever looks: for development.
 */
export const connectDevtools = <F extends Fields>(
  client: ContextClient<F>,
  { name = "tellonce" }: DevtoolsOptions = {},
): Unsubscribe => {
  const extension = (globalThis as { __REDUX_DEVTOOLS_EXTENSION__?: Extension }).__REDUX_DEVTOOLS_EXTENSION__
  if (extension === undefined) return () => {}
  const devtools = extension.connect({ name })
  const state = () => ({ view: client.view(), status: client.status(), counts: client.counts() })
  devtools.init(state())
  const offs = events.map((event) =>
    client.on(event, (payload) => devtools.send({ type: `tellonce/${event}`, payload: toPlain(payload) }, state())),
  )
  return () => {
    for (const off of offs) off()
  }
}

/** An error shows nothing of itself as JSON. */
const toPlain = (payload: unknown): unknown =>
  payload instanceof Error ? { ...payload, message: payload.message } : payload
