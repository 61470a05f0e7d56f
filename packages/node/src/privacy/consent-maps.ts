import type { Consent } from "@tellonce/core"
import { type Choices, strictest } from "./consent-field.ts"

/** Which of our purposes each of their names stands for. One name may stand for several. */
export type PurposeMap = Readonly<Record<string, readonly string[]>>

/** Google Consent Mode v2. */
export const googlePurposes: PurposeMap = {
  ad_storage: ["marketing"],
  ad_user_data: ["marketing"],
  ad_personalization: ["marketing", "personalization"],
  analytics_storage: ["analytics"],
  functionality_storage: ["functional"],
  personalization_storage: ["personalization"],
}

/** The purposes of IAB TCF 2, by number. */
export const tcfPurposes: PurposeMap = {
  1: ["functional"],
  2: ["marketing"],
  3: ["marketing", "personalization"],
  4: ["marketing", "personalization"],
  5: ["personalization"],
  6: ["personalization"],
  7: ["marketing", "analytics"],
  8: ["analytics"],
  9: ["analytics"],
  10: ["analytics"],
  11: ["personalization"],
}

/** Opt-outs of the IAB's US sections. */
export const usPurposes: PurposeMap = {
  SaleOptOut: ["sale"],
  SharingOptOut: ["sale", "marketing"],
  TargetedAdvertisingOptOut: ["marketing"],
  Gpc: ["sale", "marketing"],
}

/** `{ ad_storage: "granted", … }` as `gtag("consent", …)` has it. What was not set, or is still awaited, is absent. */
export const fromGoogleConsent = (state: Readonly<Record<string, unknown>>, map = googlePurposes): Choices =>
  toChoices(map, (name) => (state[name] === "granted" || state[name] === "denied" ? state[name] : undefined))

/** What `__tcfapi("addEventListener")` hands over. While the question is on the screen nobody has chosen anything. */
export const fromTcf = (
  data: {
    readonly eventStatus?: string | undefined
    readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> | undefined } | undefined
  },
  map = tcfPurposes,
): Choices => {
  const isChosen = data.eventStatus === "tcloaded" || data.eventStatus === "useractioncomplete"
  const { consents = {} } = data.purpose ?? {}
  return isChosen
    ? toChoices(map, (purpose) => toConsent(Object.hasOwn(consents, purpose) ? consents[purpose] : undefined))
    : {}
}

/** A TC string: whoever has one has been asked, so what is not granted in it is denied. Undefined for what is no TC string of version 2. */
export const fromTcfString = (text: string, map = tcfPurposes): Choices | undefined => {
  const [core = ""] = text.split(".")
  const bits = [...Buffer.from(core, "base64url")].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  if (!/^[\w-]+$/.test(core) || Number.parseInt(bits.slice(0, 6), 2) !== 2 || bits.length < consentBits + 24)
    return undefined
  return toChoices(map, (purpose) => toConsent(bits[consentBits + Number(purpose) - 1] === "1"))
}

/** Where the 24 bits of PurposesConsent begin in the core string. */
const consentBits = 152

/** What `__gpp("addEventListener")` or `__gpp("getGPPData")` hands over, when it is ready. "Did not opt out" is no grant. */
export const fromGpp = (
  data: {
    readonly signalStatus?: string | undefined
    readonly parsedSections?: Readonly<Record<string, unknown>> | undefined
  },
  map = usPurposes,
): Choices => {
  if (data.signalStatus !== "ready") return {}
  const sections = Object.values(data.parsedSections ?? {})
    .flat()
    .filter(isSection)
  return strictest(
    sections.map((section) =>
      toChoices(map, (name) => (section[name] === 1 || section[name] === true ? "denied" : undefined)),
    ),
  )
}

/** Segment's `context.consent.categoryPreferences`; the categories are the company's own, so is the map. */
export const fromSegmentConsent = (
  context: {
    readonly consent?: { readonly categoryPreferences?: Readonly<Record<string, unknown>> | undefined } | undefined
  },
  map: PurposeMap,
): Choices => {
  const preferences = context.consent?.categoryPreferences ?? {}
  return toChoices(map, (category) =>
    toConsent(Object.hasOwn(preferences, category) ? preferences[category] : undefined),
  )
}

const isSection = (section: unknown): section is Readonly<Record<string, unknown>> =>
  typeof section === "object" && section !== null

const toConsent = (value: unknown): Consent | undefined =>
  value === true ? "granted" : value === false ? "denied" : undefined

/** A purpose with several names is denied by one of them, and granted by all of them: one that is missing leaves it open. */
const toChoices = (map: PurposeMap, choiceOf: (name: string) => Consent | undefined): Choices => {
  const said = Object.entries(map).map(([name, purposes]) => ({ choice: choiceOf(name), purposes }))
  const open = new Set(said.flatMap(({ choice, purposes }) => (choice === undefined ? purposes : [])))
  const chosen = strictest(
    said.flatMap(({ choice, purposes }) =>
      choice === undefined ? [] : [Object.fromEntries(purposes.map((purpose) => [purpose, choice]))],
    ),
  )
  return Object.fromEntries(
    Object.entries(chosen).filter(([purpose, choice]) => choice === "denied" || !open.has(purpose)),
  )
}
