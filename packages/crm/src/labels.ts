import {
  type Authority,
  describeAge,
  describeProvenance,
  inText,
  inWords,
  type Millis,
  type Provenance,
} from "@tellonce/core"

/** Every word the panel shows. Give the ones to change; the others stay English. */
export interface PanelLabels {
  readonly panel: string
  readonly nobody: string
  readonly who: string
  readonly anonymous: string
  readonly verified: string
  readonly claimed: string
  readonly script: string
  readonly skip: string
  readonly confirm: string
  readonly ask: string
  readonly unknown: string
  readonly withheld: string
  readonly known: string
  readonly nothingKnown: string
  readonly fresh: string
  readonly stale: string
  readonly expired: string
  readonly conflicting: string
  readonly otherMatter: string
  readonly history: string
  readonly asked: string
  readonly told: string
  readonly messages: string
  readonly doNotAsk: string
  readonly authority: Readonly<Record<Authority, string>>
  readonly field: (name: string) => string
  readonly channel: (channel: string) => string
  readonly age: (age: Millis) => string
  readonly knownFrom: (provenance: Provenance) => string
  readonly value: (value: unknown, field: string) => string
  readonly question: (field: string) => string
  readonly confirmation: (field: string, value: string) => string
}

export const englishLabels: PanelLabels = {
  panel: "Customer context",
  nobody: "No customer is selected.",
  who: "Customer",
  anonymous: "Not identified yet",
  verified: "Verified",
  claimed: "Claim, not proven",
  script: "Your script",
  skip: "Known",
  confirm: "Confirm",
  ask: "Ask",
  unknown: "Not known yet",
  withheld: "Not shown to you",
  known: "Known now",
  nothingKnown: "Nothing yet. It appears here as the customer tells it.",
  fresh: "Fresh",
  stale: "May be outdated",
  expired: "Too old to use",
  conflicting: "Conflicting",
  otherMatter: "from another matter",
  history: "Asked and told",
  asked: "Asked for",
  told: "Told",
  messages: "Last messages",
  doNotAsk: "Do not ask again",
  authority: { record: "System", agent: "Agent", customer: "Customer", bot: "Bot", inferred: "Inferred" },
  field: (name) => {
    const words = inWords(name)
    return words.charAt(0).toUpperCase() + words.slice(1)
  },
  channel: (channel) => channel.replaceAll("-", " "),
  age: describeAge,
  knownFrom: describeProvenance,
  value: inText,
  question: (field) => `What is your ${inWords(field)}?`,
  confirmation: (field, value) => `Is your ${inWords(field)} still ${value}?`,
}
