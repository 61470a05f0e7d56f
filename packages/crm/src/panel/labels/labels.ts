import type { Authority, Millis, Provenance } from "@tellonce/core"

/** Every word the panel shows. Give the ones to change; the others stay English. */
export interface PanelLabels extends PanelWords {
  /** The language of these words, as a BCP 47 tag. */
  readonly language: string
  readonly authority: Readonly<Record<Authority, string>>
  readonly field: (name: string) => string
  readonly channel: (channel: string) => string
  readonly age: (age: Millis) => string
  /** A moment to come: the end of a hold, the day a promise falls due. */
  readonly date: (at: Millis) => string
  readonly knownFrom: (provenance: Provenance) => string
  readonly value: (value: unknown, field: string) => string
  readonly question: (field: string) => string
  readonly confirmation: (field: string, value: string) => string
}

/** The words that stand as they are. */
export interface PanelWords {
  readonly panel: string
  readonly nobody: string
  readonly who: string
  readonly anonymous: string
  readonly verified: string
  readonly claimed: string
  /** Above a customer who was looked up by what anybody may have written, such as a mail address. */
  readonly foundByClaim: string
  readonly live: string
  readonly connecting: string
  readonly offline: string
  readonly handoff: string
  readonly accept: string
  readonly decline: string
  readonly wants: string
  readonly nextStep: string
  readonly attention: string
  readonly doNotDo: string
  readonly all: string
  readonly until: string
  readonly release: string
  readonly putRight: string
  readonly wasTold: string
  readonly itIs: string
  readonly markTold: string
  readonly toldDifferently: string
  readonly friction: string
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
  readonly correct: string
  readonly newValue: string
  readonly unreadable: string
  readonly save: string
  readonly cancel: string
  readonly doNotAsk: string
  readonly openMatters: string
  readonly timeline: string
  readonly older: string
  readonly showAll: string
  readonly message: string
  readonly asked: string
  readonly told: string
  readonly promised: string
  readonly tried: string
  readonly worked: string
  readonly failed: string
  readonly due: string
  readonly handed: string
  readonly taken: string
  readonly declined: string
  readonly hold: string
  readonly holdAction: string
  readonly holdReason: string
  readonly holdFor: string
  readonly untilReleased: string
  readonly placeHold: string
  readonly done: string
  readonly notDone: string
}
