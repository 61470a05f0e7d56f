import { randomUUID } from "node:crypto"
import {
  type AskAnswer,
  type ContextDefinition,
  type Fields,
  type Identity,
  identityKey,
  type Millis,
  type Signal,
  type View,
} from "@tellonce/core"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"

/** The context service as another system sees it: over HTTP, with the secret key. */
export interface ReplayService {
  record(signals: readonly Signal[]): Promise<void>
  ask(identity: Identity, matter: string, fields: readonly string[]): Promise<Readonly<Record<string, AskAnswer>>>
  view(identity: Identity, matter: string): Promise<View>
  close(): Promise<void>
}

/** Serves the real service on a free port of this machine. `now` stands still, so that two runs are one. */
export const openReplayService = async (
  definition: ContextDefinition<Fields>,
  { now }: { readonly now: Millis },
): Promise<ReplayService> => {
  const keys = { publishable: `pk_${randomUUID()}`, secret: `sk_${randomUUID()}` }
  const tellonce = createTellonce({ context: definition, store: createMemoryStore(), keys, clock: () => now })
  const { url, close } = await serve(tellonce, { port: 0 })
  const headers = { authorization: `Bearer ${keys.secret}`, "content-type": "application/json" }

  const call = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, { ...sent, headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }

  return {
    async record(signals) {
      if (signals.length === 0) return
      const { results } = await call<Recorded>("/v1/signals", { signals })
      const refused = results.find(({ status }) => status !== "accepted")
      if (refused) throw new Error(`The service took a signal as ${refused.status}: ${refused.message ?? refused.id}`)
    },
    async ask(identity, matter, fields) {
      const question = { identity, matter, fields, channel: matter }
      return (await call<{ answers: Record<string, AskAnswer> }>("/v1/asks", question)).answers
    },
    async view(identity, matter) {
      const query = new URLSearchParams({ identity: identityKey(identity), matter })
      return (await call<{ view: View }>(`/v1/context?${query}`)).view
    },
    close,
  }
}

interface Recorded {
  readonly results: readonly { readonly id: string; readonly status: string; readonly message?: string }[]
}
