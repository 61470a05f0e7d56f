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
export { type ClientStorage, createIndexedDbStorage, createMemoryStorage } from "./client-storage.ts"
export type { Clock } from "./clock.ts"
export type { Draft, Outbox, Unsent } from "./outbox.ts"
export type { StoredVisitor, VisitorStore } from "./visitor-store.ts"
