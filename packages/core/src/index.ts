export { acceptOffer } from "./accept-offer.ts"
export { admitFacts } from "./admit-facts.ts"
export { applySignals } from "./apply-signals.ts"
export { type AskAnswer, type AskOptions, ask, type ConfirmReason } from "./ask.ts"
export { askView } from "./ask-view.ts"
export { type Brief, type BriefedFact, type BriefOptions, brief } from "./brief.ts"
export { briefToMarkdown } from "./brief-to-markdown.ts"
export { briefToPrompt, type Prompt, type PromptOptions } from "./brief-to-prompt.ts"
export { canonical, compareText } from "./canonical.ts"
export { type Context, decodeContext, emptyContext, encodeContext, joinContexts } from "./context.ts"
export { type Action, type Decision, decide, defineActions, type Objection, type Policy } from "./decide.ts"
export {
  type ContextDefinition,
  defineContext,
  type FactsOf,
  type Fields,
  type Upgrades,
  type ValueOf,
} from "./define-context.ts"
export { defineRule, type OwnRule } from "./define-rule.ts"
export { defuseText } from "./defuse-text.ts"
export { derive } from "./derive.ts"
export { type Duration, describeAge, parseDuration } from "./duration.ts"
export { compareEntries, type Entry } from "./entry.ts"
export { isTellonceError, type Refusal, refuse, TellonceError } from "./errors.ts"
export { type Explanation, explain, type Voice } from "./explain.ts"
export {
  type AnyField,
  admitFact,
  createField,
  type Field,
  type FieldOptions,
  type FieldPolicy,
  type Item,
  type Reading,
  type Rule,
  type Said,
} from "./field.ts"
export { type Focused, type FocusOptions, focus } from "./focus.ts"
export { isEvent, linkEnds } from "./house-fields.ts"
export type { HandoffStep, Hold, HouseView, Link, Matter } from "./house-view.ts"
export { canonicalIdentity, type Identity, identityKey, parseIdentityKey } from "./identity.ts"
export { inText, inWords } from "./in-words.ts"
export { joinEntries } from "./join-entries.ts"
export { isEmpty, isJson, type Json } from "./json.ts"
export { createSignalParser, parseSignal, type SignalParser, SignalSchema } from "./parse-signal.ts"
export type {
  Addressed,
  AuditNote,
  AuditRecord,
  AuditTrail,
  ChatHost,
  ChatHostEvent,
  ContextPort,
  LeasedOutgoing,
  LoggedSignal,
  LogQuery,
  OnceLedger,
  Outbox,
  Outgoing,
  ServiceStore,
  SidebarHost,
  SidebarSubject,
  Statement,
  Store,
  StoredContext,
  StoreNews,
  StoreUpdate,
  Sweeper,
  Unsubscribe,
  Wanted,
} from "./ports.ts"
export { describeProvenance, type Provenance, type Told } from "./provenance.ts"
export type { FieldView, Freshness } from "./read-field.ts"
export { type Readiness, readiness, type Weights } from "./readiness.ts"
export { type Consent, consent } from "./rules/consent.ts"
export { type CountOptions, count } from "./rules/count.ts"
export { latest } from "./rules/latest.ts"
export { type RecentOptions, recent } from "./rules/recent.ts"
export { type ScoreOptions, score } from "./rules/score.ts"
export { type SetFact, type SetOptions, set } from "./rules/set.ts"
export type { CustomEvent, HouseEvent, HouseEventName, Proof, Signal, SignalEvent } from "./signal.ts"
export { type Authority, authorities, type Millis, type Stamp } from "./stamp.ts"
export type { OutputOf, StandardSchema } from "./standard-schema.ts"
export { type FormQuestions, type FormStep, type Touch, toFormPlan } from "./to-form-plan.ts"
export { type Correction, corrections, type ToldConflict, toldConflicts } from "./told-ledger.ts"
export { type AnyView, fieldsOf, type View, type ViewOptions, view } from "./view.ts"
