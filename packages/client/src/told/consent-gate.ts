import type { AnyView, FieldView, Signal } from "@tellonce/core"

/** What may be collected for what. The same as in the service, which checks again. */
export interface ConsentOptions {
  /** The field of the definition that holds the customer's choices. */
  readonly field: string
  /** Per field the purposes it serves; one granted purpose is enough. A field that is not named needs no consent. */
  readonly purposes: Readonly<Record<string, readonly string[]>>
  /** Denied for as long as the browser asks for privacy (Global Privacy Control). All but `service`, unless told. */
  readonly gpc?: readonly string[]
}

export type Verdict = "granted" | "denied" | "open"

/** May this be collected, kept and sent, by what the view says was chosen? `open`: nobody has chosen yet, which is no grant. */
export type ConsentGate = (signal: Pick<Signal, "facts" | "event">, seen: AnyView) => Verdict

type Choices = Readonly<Record<string, unknown>>

/** For a client's `consent`. Global Privacy Control is read here, before anything is collected. */
export const createConsentGate = ({ field, purposes, gpc }: ConsentOptions): ConsentGate => {
  const asksForPrivacy = (globalThis.navigator as { globalPrivacyControl?: unknown } | undefined)?.globalPrivacyControl
  const judge = (purpose: string, choices: Choices): Verdict => {
    if (purpose === "service") return "granted"
    if (asksForPrivacy === true && (gpc?.includes(purpose) ?? true)) return "denied"
    const choice = Object.hasOwn(choices, purpose) ? choices[purpose] : "open"
    return choice === "granted" || choice === "denied" ? choice : "open"
  }
  return ({ facts = {}, event }, seen) => {
    const known = seen[field] as FieldView<Choices> | undefined
    // A choice and what it admits may come together.
    const choices = { ...known?.value, ...(facts[field] as Choices | undefined) }
    const told = event && "facts" in event ? Object.keys(event.facts) : []
    const verdicts = [...Object.keys(facts), ...told].map((name): Verdict => {
      const each = purposes[name]?.map((purpose) => judge(purpose, choices)) ?? ["granted"]
      return (["granted", "denied"] as const).find((verdict) => each.includes(verdict)) ?? "open"
    })
    return (["denied", "open"] as const).find((verdict) => verdicts.includes(verdict)) ?? "granted"
  }
}
