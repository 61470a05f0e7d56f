import { afterScript } from "../page/after-script.ts"
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
  const post = (message: TabMessage) => {
    channel?.postMessage({ to: forAll.has(message.kind) ? undefined : audience(), message } satisfies Envelope)
  }
  const join = async (signal: AbortSignal) => {
    await afterScript()
    if (signal.aborted || name === undefined) return lead(signal)
    if (globalThis.BroadcastChannel) {
      channel ??= new BroadcastChannel(name)
      channel.onmessage = hear
    }
    if (!navigator.locks) return lead(signal)
    const hold = () => {
      lead(signal)
      return new Promise<void>((release) => {
        signal.onabort = () => release()
        if (signal.aborted) release()
      })
    }
    // Refused in a sandboxed frame, which is alone then; and when this tab stands down before it was its turn.
    navigator.locks.request(`${name} ${audience()}`, { signal }, hold).catch(() => leading || lead(signal))
    post({ kind: "hello" })
  }
  const stepDown = () => {
    if (leading) onFollow()
    leading = false
    // With a reason, or the browser makes an error of it: see `afterScript`.
    candidacy.abort("over")
  }
  return {
    leads: () => leading,
    post,
    restart() {
      stepDown()
      candidacy = new AbortController()
      void join(candidacy.signal)
    },
    rest() {
      stepDown()
      channel?.close()
      channel = undefined
    },
  }
}
