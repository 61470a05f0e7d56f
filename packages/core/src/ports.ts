import type { Fields } from "./define-context.ts"
import type { Identity } from "./identity.ts"
import type { Json } from "./json.ts"
import type { Signal } from "./signal.ts"
import type { Millis } from "./stamp.ts"
import type { View } from "./view.ts"

export type Unsubscribe = () => void

/** What a channel states; the port adds what it does not know: id, time, whose it is and who reports it. */
export type Statement<Facts = Readonly<Record<string, unknown>>> = Partial<
  Pick<Signal<Facts>, "id" | "at" | "identity" | "source" | "authority">
> &
  Pick<Signal<Facts>, "channel" | "speaker" | "matter" | "facts" | "cleared" | "event">

/** All that a channel may do to one customer's context. The client, the service and a ten-line fake satisfy it alike. */
export interface ContextPort<F extends Fields = Fields> {
  /** Never throws and never waits: what cannot be sent yet is kept. */
  record(statement: Statement): void
  view(): View<F>
  /** Called after every change, with the view as it is then. */
  subscribe(listener: (view: View<F>) => void): Unsubscribe
}

/** What a web-chat widget must offer to take part. One small file binds each widget. */
export interface ChatHost {
  /** Resolves when the widget can be used, at once if it already can; without a browser it stays pending and does not throw. */
  ready(): Promise<void>
  subscribe(emit: (event: ChatHostEvent) => void): Unsubscribe
  /** Puts selected facts into the widget's conversation: flat, and null removes. */
  setAttributes(attributes: Readonly<Record<string, string | number | boolean | null>>): void
}

export type ChatHostEvent =
  | { readonly type: "opened" | "closed" }
  | { readonly type: "conversation.started" | "conversation.ended"; readonly conversationId?: string | undefined }
  | {
      readonly type: "message.sent" | "message.received"
      readonly text?: string | undefined
      readonly messageId?: string | undefined
      readonly conversationId?: string | undefined
    }
  /** Typed into a form: a claim, never a proof. */
  | { readonly type: "identity.claimed"; readonly email?: string | undefined; readonly name?: string | undefined }

/** What is kept of one identity: a document, and what came since. A read joins the two, so that not every write makes the document anew. */
export interface StoredContext {
  readonly key: string
  /** The place in the log of the last signal of it; 0 where nothing has been written. */
  readonly seq: number
  /** The encoded context of all signals but those in `tail`. */
  readonly encoded: string | undefined
  /** In the order of the log. */
  readonly tail: readonly Signal[]
}

/** A signal as the log holds it. `seq` grows with every signal of an identity; over several identities as the store's `lateness` says. */
export interface LoggedSignal {
  readonly seq: number
  /** The identity whose context it changed. */
  readonly key: string
  readonly signal: Signal
  /** When the service kept it, by its own clock. */
  readonly received: Millis
}

export interface LogQuery {
  readonly keys: readonly string[]
  /** Only later ones. */
  readonly after?: number | undefined
  /** 1,000 unless told. */
  readonly limit?: number | undefined
}

/** A signal bound for one identity's context. */
export interface Addressed extends Omit<LoggedSignal, "seq"> {
  /** Put into the outbox with it, in the same transaction; not when the signal came before. The log does not hold it. */
  readonly outgoing?: readonly Outgoing[] | undefined
}

export interface StoreUpdate {
  /** Per addressed signal, in order: its place in the log, and whether it was there already, then with what content. */
  readonly logged: readonly { readonly seq: number; readonly duplicateOf?: Signal | undefined }[]
}

/** What an update or a sweep has changed. */
export interface StoreNews {
  readonly added: readonly LoggedSignal[]
  /** Keys that were swept: their contexts may have changed without a signal. */
  readonly swept: readonly string[]
}

/** The keys a listener looks at. It is asked again each time, so that it may be a view of what changes. */
export type Wanted = Pick<ReadonlySet<string>, "has" | "keys">

/** Where contexts and the log live. What `update` has answered survives a crash and a power cut. */
export interface Store {
  /** One stored context per key, in order. */
  read(keys: readonly string[]): Promise<readonly StoredContext[]>
  /**
   * Logs signals in one atomic, durable transaction; those whose (identity, source, id) came before are left out. Now and then, and at the
   * first of an identity, `fold` makes one document of what is kept. It is pure and may run again. The notes are appended to the trail in the
   * same transaction.
   */
  update(
    signals: readonly Addressed[],
    fold: (stored: StoredContext) => string,
    notes?: readonly AuditNote[],
  ): Promise<StoreUpdate>
  /** In order of `seq`. */
  log(query: LogQuery): Promise<readonly LoggedSignal[]>
  /**
   * Called after each update and sweep with what it changed, of this process and of others. A listener that names what it wants need not be
   * told of other keys; of those it wants it is told even when a process ended between a commit and its word of it. The same may come twice.
   */
  watch(listener: (news: StoreNews) => void, wanted?: Wanted): Unsubscribe
  /**
   * How far below a place already seen the log of other identities may still grow: writers number and commit at the same time. Within one
   * identity the log grows upwards alone. Without it, so it does over all.
   */
  readonly lateness?: number | undefined
  close?(): Promise<void>
}

/** What an act leaves in the audit trail. Names of agents and fields, keyed hashes of identities: no personal data. */
export interface AuditNote {
  /** Notes of one chain are linked one to the next; a chain is a place where writers meet, so there are several. */
  readonly chain: string
  readonly at: Millis
  readonly entry: Readonly<Record<string, Json>>
}

/** A note in its chain: `hash` is the SHA-256 of the `hash` before it (64 zeros before the first) and the canonical note. */
export interface AuditRecord extends AuditNote {
  /** Its place in its chain, from 1. */
  readonly seq: number
  readonly hash: string
}

/** The trail of who did what. It only grows. */
export interface AuditTrail {
  /** Appends durably what changed nothing else: a read, a refusal. */
  note(notes: readonly AuditNote[]): Promise<void>
  /** In order of `seq` within each chain. */
  audit(query: {
    readonly chain: string
    readonly after?: number
    readonly limit?: number
  }): Promise<readonly AuditRecord[]>
  chains(): Promise<readonly string[]>
}

/** Removing physically what may no longer be kept. Works on a full disk. */
export interface Sweeper {
  /** The keys of all stored contexts in order, for a walk over all. */
  keys(query: { readonly after?: string; readonly limit?: number }): Promise<readonly string[]>
  /**
   * Rewrites, in one durable transaction, what is kept of these keys: undefined removes; of a document, too, and what the log still holds counts anew. `signal` leaves what is known of duplicates as it
   * is; `forgetDuplicates` removes that, too, and what is outgoing under these keys. Then `outgoing` is put.
   */
  sweep(
    keys: readonly string[],
    change: {
      context(stored: StoredContext): string | undefined
      signal(logged: LoggedSignal): Signal | undefined
      readonly forgetDuplicates?: boolean
      readonly outgoing?: readonly Outgoing[]
    },
    notes?: readonly AuditNote[],
  ): Promise<void>
  /** Removes what is known of duplicates received before this time, single-use names that have ended, and what is outgoing since before. */
  prune(before: Millis): Promise<void>
}

/** What may happen once, such as a handoff link that is redeemed. */
export interface OnceLedger {
  /** True for the first caller of this name, false for all others until `until`. Durable. */
  once(name: string, until: Millis): Promise<boolean>
}

/** Something that others have to be told of. */
export interface Outgoing {
  /** Unique per receiver, which tells repetitions by it. */
  readonly id: string
  /** The receiver, by a name; how it is reached is the sender's to know. */
  readonly to: string
  readonly at: Millis
  /** The store does not look into it. */
  readonly body: string
  /** Whose data it may hold: erasing them removes it. */
  readonly key?: string | undefined
}

export interface LeasedOutgoing extends Outgoing {
  /** How often it was leased before this time. */
  readonly tries: number
}

/** What is to be sent, kept with the effect it tells of and until its receiver has it: at least once, by any of several nodes. */
export interface Outbox {
  /** Durable. One whose receiver and id are there already is left as it is. */
  put(outgoing: readonly Outgoing[]): Promise<void>
  /** Those due for this receiver, the longest due first and then in the order they were put; first due at `at`. Nobody else is given them before `until`; then they are due again. */
  lease(query: {
    readonly to: string
    readonly now: Millis
    readonly until: Millis
    readonly limit: number
  }): Promise<readonly LeasedOutgoing[]>
  /** What becomes of it: removed when done, due again at that time, or parked: kept, and never due. One that is gone is passed over. */
  settle(
    settled: readonly { readonly to: string; readonly id: string; readonly next: Millis | "done" | "parked" }[],
  ): Promise<void>
}

/** All that a context service keeps. */
export interface ServiceStore extends Store, AuditTrail, Sweeper, OnceLedger, Outbox {
  /** Writes all that is kept into a new file, whole and without gaps, and answers its path; whoever asked removes it. Of a store that is a file. */
  snapshot?(): Promise<string>
  /** Tells of each group of signals that was made durable together, and how long that took by itself, without its wait. */
  onCommit?(listener: (commit: { readonly signals: number; readonly duration: Millis }) => void): Unsubscribe
}

/** A customer as a sidebar knows them. */
export interface SidebarSubject {
  readonly identities: readonly Identity[]
  readonly displayName?: string | undefined
}

/** What a CRM's sidebar must offer. */
export interface SidebarHost {
  /** Null when nothing is selected. */
  current(): Promise<SidebarSubject | null>
  onChange(listener: (subject: SidebarSubject | null) => void): Unsubscribe
  agent(): Promise<{ readonly id: string; readonly name?: string | undefined } | null>
}
