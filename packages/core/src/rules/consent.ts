import * as z from "zod/mini"
import { canonical } from "../canonical.ts"
import type { Entry } from "../entry.ts"
import { createField, type Field, type FieldOptions, type Rule } from "../field.ts"
import { identityKey } from "../identity.ts"

export type Consent = "granted" | "denied"

const Choice = z.object({ purpose: z.string(), choice: z.enum(["granted", "denied"]), by: z.string() })
type Choice = z.infer<typeof Choice>

/**
 * What the customer lets be done, per purpose: `tell({ consent: { marketing: "denied" } })`. Of one identity the newest choice counts, and on a
 * tie the denial; of several identities of one customer the strictest, so that joining them never undoes a refusal. A purpose nobody
 * chose is absent, which is no grant. Clearing the field undoes nothing.
 */
export const consent = (
  options?: FieldOptions,
): Field<Readonly<Record<string, Consent>>, Readonly<Record<string, Consent>>> => createField(rule, Choice, options)

const rule: Rule = {
  // A grant and a denial are two registers, so that a tie between them can be seen.
  key: (value) => canonical(value ?? null),
  // All of them: a refusal that could be pushed out would be no refusal. How many purposes there may be is for whoever takes them in.
  keep: Number.POSITIVE_INFINITY,
  items: (fact, by) =>
    typeof fact === "object" && !Array.isArray(fact)
      ? Object.entries(fact ?? {}).map(([purpose, choice]) => ({ value: { purpose, choice, by: identityKey(by) } }))
      : [{ value: fact }],
  fact: (items) => Object.fromEntries(items.map(({ value }) => [(value as Choice).purpose, (value as Choice).choice])),
  read: (kept) => {
    // Clearing is no choice: a refusal that could be forgotten would be no refusal.
    const entries = kept.filter(({ cleared }) => !cleared)
    const [newest] = entries
    if (newest === undefined) return undefined
    const newestChoices = new Map<string, Entry>()
    for (const entry of entries) {
      const { purpose, by, choice } = entry.value as Choice
      const register = canonical([purpose, by])
      const rival = newestChoices.get(register)
      if (rival === undefined || (rival.at === entry.at && choice === "denied")) newestChoices.set(register, entry)
    }
    const strictest = new Map<string, Consent>()
    for (const { value } of newestChoices.values()) {
      const { purpose, choice } = value as Choice
      if (strictest.get(purpose) !== "denied") strictest.set(purpose, choice)
    }
    return { value: Object.fromEntries(strictest), entry: newest }
  },
}
