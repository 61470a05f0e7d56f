export { createClient } from "./client.ts"
export type {
  ClientEvents,
  ClientOptions,
  ClientStatus,
  ContextClient,
  RefusedSignal,
  Tellable,
  TellOptions,
} from "./client-options.ts"
export { type ClientStorage, createIndexedDbStorage, createMemoryStorage } from "./kept/client-storage.ts"
export type { Draft, Outbox, Unsent } from "./kept/outbox.ts"
export type { StoredVisitor, VisitorStore } from "./kept/visitor-store.ts"
export type { Clock } from "./page/clock.ts"
export { connectDevtools, type DevtoolsOptions } from "./report/connect-devtools.ts"
export { type ClientExplanation, explainField } from "./report/explain-field.ts"
export { type ConsentGate, type ConsentOptions, createConsentGate } from "./told/consent-gate.ts"
export type { Counts } from "./told/counts.ts"
