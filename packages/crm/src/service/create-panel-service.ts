import {
  type ContextDefinition,
  type Fields,
  type Identity,
  identityKey,
  type Millis,
  type Unsubscribe,
  type View,
} from "@tellonce/core"
import type { PanelConnection, PanelContext } from "../panel/panel-context.ts"
import type { PanelDesk } from "../panel/panel-desk.ts"
import { followStream } from "./follow-stream.ts"
import { createLiveContext } from "./live-context.ts"
import { createServiceApi, type ServiceApiOptions } from "./service-api.ts"
import { createServiceDesk } from "./service-desk.ts"
import { sleepFor } from "./sleep-for.ts"

export interface PanelServiceOptions<F extends Fields> extends ServiceApiOptions {
  readonly definition: ContextDefinition<F>
  readonly identity: Identity
  /** The agent as the service has registered them. */
  readonly agent: string
  /** Where the agent speaks with the customer; `crm` unless told. */
  readonly channel?: string | undefined
  readonly matter?: string | undefined
  /** What the reading is for; `service` unless told. */
  readonly purpose?: string | undefined
  readonly clock?: (() => Millis) | undefined
  /** Resolves after that time, or when the signal aborts; does not reject. */
  readonly sleep?: ((time: Millis, signal: AbortSignal) => Promise<void>) | undefined
  readonly random?: (() => number) | undefined
  /** Why the feed broke off, each time. The panel shows that it did. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** One customer on the service, live, with all that the agent may do: both the `context` and the `desk` of a panel. */
export interface PanelService<F extends Fields = Fields> extends PanelContext, Required<PanelDesk> {
  view(): View<F>
  connection(): PanelConnection
  close(): void
}

export const createPanelService = <F extends Fields>(options: PanelServiceOptions<F>): PanelService<F> => {
  const { definition, identity, matter, purpose, clock = Date.now, random = Math.random } = options
  const onError = toReporter(options.onError)
  const api = createServiceApi(options)
  const context = createLiveContext(definition, { clock, matter })
  const listeners = new Set<() => void>()
  const ended = new AbortController()
  let connection: PanelConnection = "connecting"
  const tell = () => {
    for (const listener of [...listeners]) {
      try {
        listener()
      } catch (error) {
        onError(error)
      }
    }
  }
  const query = new URLSearchParams({ identity: identityKey(identity), ...(purpose !== undefined && { purpose }) })
  const learnWithheld = async () => {
    const { view } = await api.call("GET", `context?${query}`)
    context.withhold(withheldIn(view))
    tell()
  }
  void followStream({
    api,
    path: `stream?${query}`,
    signal: ended.signal,
    sleep: options.sleep ?? sleepFor,
    random,
    onError,
    async onEvent(event) {
      context.take(event)
      tell()
      // The feed has no word for what it leaves out; a snapshot comes whenever that may have changed.
      if (event.name === "snapshot") await learnWithheld()
    },
    onConnection(now) {
      connection = now
      tell()
    },
  })
  return {
    ...createServiceDesk(api, { ...options, now: context.now }),
    view: context.view,
    connection: () => connection,
    subscribe(listener: (view: View<F>) => void): Unsubscribe {
      const call = () => listener(context.view())
      listeners.add(call)
      return () => void listeners.delete(call)
    },
    close() {
      listeners.clear()
      ended.abort()
    },
  } as PanelService<F>
}

/** What listens to failures must not become one. */
const toReporter =
  (onError: PanelServiceOptions<Fields>["onError"]): ((error: unknown) => void) =>
  (error) => {
    try {
      onError?.(error)
    } catch {
      // There is nobody left to tell.
    }
  }

const withheldIn = (view: unknown): readonly string[] =>
  Object.entries((view ?? {}) as Readonly<Record<string, { readonly state?: unknown } | null>>).flatMap(
    ([field, read]) => (read?.state === "withheld" ? [field] : []),
  )
