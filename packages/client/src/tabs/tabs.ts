import type { TabMessage } from "./tab-message.ts"

/** The tabs of one browser as one client: one of them leads, and all hear the same. */
export interface Tabs {
  /** Does this tab speak to the service for all? */
  leads(): boolean
  post(message: TabMessage): void
  /** It is for another customer now. */
  restart(): void
  /** The page is put to rest: somebody else is to lead. Undone by `restart`. */
  rest(): void
}

export interface TabsOptions {
  /** Tabs of one name share what they keep. Undefined: this one is alone. */
  readonly name: string | undefined
  /** Only tabs of the same audience share a leader and what the service says. */
  readonly audience: () => string
  readonly onLead: () => void
  readonly onFollow: () => void
  readonly onMessage: (message: TabMessage) => void
}

interface Envelope {
  readonly to: string | undefined
  readonly message: TabMessage
}

/** Meant for all tabs, whoever is signed in there: they share one outbox. */
const forAll: ReadonlySet<TabMessage["kind"]> = new Set(["kept", "settled", "forgotten"])

/**
 * The leader holds a Web Lock, which the browser gives to the next tab the moment the leader dies. Where there are no locks every tab
 * leads, and the service drops what is sent twice.
 */
export const createTabs = ({ name, audience, onLead, onFollow, onMessage }: TabsOptions): Tabs => {
  let leading = false
  let channel: BroadcastChannel | undefined
  let candidacy = new AbortController()

  const hear = ({ data: { to, message } }: MessageEvent<Envelope>) => {
    if (to === undefined || to === audience()) onMessage(message)
  }
  const lead = ({ aborted }: AbortSignal) => {
    if (aborted) return
    leading = true
    onLead()
  }
  const stand = (signal: AbortSignal) => {
    if (name === undefined || !navigator.locks) return lead(signal)
    const hold = () => {
      lead(signal)
      return new Promise<void>((release) => {
        if (signal.aborted) release()
        signal.addEventListener("abort", () => release())
      })
    }
    // Refused in a sandboxed frame, which is alone then; and when this tab stands down before it was its turn.
    navigator.locks.request(`${name} ${audience()}`, { signal }, hold).catch(() => leading || lead(signal))
  }
  const rest = () => {
    if (leading) onFollow()
    leading = false
    candidacy.abort()
    channel?.close()
    channel = undefined
  }
  const post = (message: TabMessage) => {
    channel?.postMessage({ to: forAll.has(message.kind) ? undefined : audience(), message } satisfies Envelope)
  }
  return {
    leads: () => leading,
    post,
    rest,
    restart() {
      rest()
      candidacy = new AbortController()
      if (name !== undefined && typeof BroadcastChannel !== "undefined") {
        channel = new BroadcastChannel(name)
        channel.onmessage = hear
      }
      stand(candidacy.signal)
      if (!leading) post({ kind: "hello" })
    },
  }
}
