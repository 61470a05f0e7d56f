import { TellonceError } from "@tellonce/core"
import { createClient } from "../client.ts"
import type { ClientOptions, ContextClient } from "../client-options.ts"
import type { ConsentOptions } from "../told/consent-gate.ts"
import { createConsentGate } from "../told/consent-gate.ts"
import { defineFromPlain, type PlainContext } from "./define-from-plain.ts"

/** What `tellonce("start", …)` takes: the options of a client, with definition and consent as plain data. */
export interface StartOptions extends Omit<ClientOptions<never>, "context" | "consent"> {
  readonly context: PlainContext
  readonly consent?: ConsentOptions
}

/** `tellonce("tell", { … }, { … })`: the name of a member of the client, and what it takes. */
export type Command = readonly [name: string, ...given: readonly unknown[]]

/**
 * Does what a page asks by name: first `start`, then any member of the client. What comes before `start` waits for it. Never throws: a
 * script tag must not break the page that has it; what is wrong goes to the console.
 */
export const createCommands = (): ((...command: Command) => unknown) => {
  let client: ContextClient | undefined
  const early: Command[] = []
  const begin = (options: StartOptions) => {
    if (client && client.status().connection !== "closed") throw new TellonceError("client/started", started)
    client = start(options)
  }
  const run = ([name, ...given]: Command): unknown => {
    try {
      if (name === "start") begin(given[0] as StartOptions)
      else if (client === undefined) early.push([name, ...given])
      else return (client[name as "tell"] as (...args: readonly unknown[]) => unknown)(...given)
      if (name === "start") for (const command of early.splice(0)) run(command)
    } catch (thrown) {
      console.error(`[tellonce] "${name}" failed.`, thrown)
    }
    return undefined
  }
  return (...command) => run(command)
}

const start = ({ context, consent, ...options }: StartOptions): ContextClient =>
  createClient({
    ...options,
    context: defineFromPlain(context),
    ...(consent && { consent: createConsentGate(consent) }),
  })

const started = "It runs already. Is the snippet in the page twice? To begin anew, close it first."
