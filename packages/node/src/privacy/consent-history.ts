import type { ContextDefinition, Json, Millis, Signal, Store } from "@tellonce/core"
import { consentFields } from "../access/consent-fields.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { type Choices, choicesOf } from "./consent-field.ts"
import { logOf } from "./log-of.ts"

/** The event beside a choice that holds its proof: the version and the SHA-256 of the text they saw, and whose law applied. */
export const consentEvent = "consent"

/** One choice as it was made. */
export interface ConsentRecord {
  readonly at: Millis
  readonly received: Millis
  readonly identity: string
  readonly choices: Choices
  readonly authority: Signal["authority"]
  readonly channel: string
  readonly source: string
  readonly version?: Json
  readonly textHash?: Json
  readonly jurisdiction?: Json
}

export const consentHistory = async (
  { definition, store }: { readonly definition: ContextDefinition; readonly store: Store },
  keys: readonly string[],
): Promise<readonly ConsentRecord[]> => {
  const found: ConsentRecord[] = []
  for await (const { key, received, signal } of logOf(store, keys)) {
    const choices = choicesOf(definition, signal)
    if (Object.keys(choices).length === 0) continue
    const { at, authority, channel, source } = signal
    found.push({ at, received, identity: key, choices, authority, channel, source, ...proofOf(signal) })
  }
  return found.sort((a, b) => a.at - b.at)
}

const proofOf = ({ event }: Signal): Pick<ConsentRecord, "version" | "textHash" | "jurisdiction"> => {
  const data = event?.name === consentEvent && "data" in event ? event.data : undefined
  const { version, textHash, jurisdiction } = data ?? {}
  return {
    ...(version !== undefined && { version }),
    ...(textHash !== undefined && { textHash }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  }
}

/** Where a choice is recorded. Throws 422 `consent/no_field` for a definition that has nowhere to keep one. */
export const consentFieldOf = (definition: ContextDefinition): string => {
  const [field] = consentFields(definition)
  if (field !== undefined) return field
  throw new HttpProblem(
    422,
    "consent/no_field",
    `The definition "${definition.name}" has nowhere to keep consents. Declare a field with consent(): { consent: consent() }.`,
  )
}
