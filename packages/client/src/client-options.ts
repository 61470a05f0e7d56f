import type {
  AskAnswer,
  AskOptions,
  Context,
  ContextDefinition,
  ContextPort,
  FactsOf,
  Fields,
  Identity,
  Millis,
  TellonceError,
  Unsubscribe,
  View,
} from "@tellonce/core"
import type { ClientStorage } from "./kept/client-storage.ts"
import type { Clock } from "./page/clock.ts"
import type { ConsentGate } from "./told/consent-gate.ts"
import type { Counts } from "./told/counts.ts"

export interface ClientOptions<F extends Fields> {
  readonly context: ContextDefinition<F>
  /** Where the service is: `https://context.example.com`. */
  readonly url: string
  /** In a page the publishable key, `pk_…`. In a process the secret key, `sk_…`, or a token. */
  readonly key: string
  /** Whose context it is. Needed with a secret key and an agent's token, for they reach everyone's. */
  readonly identity?: Identity | undefined
  /** The system that reports: `shop-page`, `orders-db`. `client` unless told. */
  readonly source?: string | undefined
  /** A customer's token from your backend, when someone is signed in at the start. Later: `identify`. */
  readonly token?: string | undefined
  /** IndexedDB where there is one, otherwise memory, unless told. */
  readonly storage?: ClientStorage | undefined
  readonly clock?: Clock | undefined
  /** The page's own, unless told: one that goes through a proxy, or `ky.create({ retry: 0, throwHttpErrors: false })`. */
  readonly fetch?: typeof fetch | undefined
  /** What needs the customer's consent: `createConsentGate({ field, purposes })`. Without it nothing does, until the service says otherwise. */
  readonly consent?: ConsentGate | undefined
  /** Gets every error, and what listeners throw. The page itself is never thrown at. */
  readonly onError?: ((error: TellonceError) => void) | undefined
  /** Writes what happens to the console. */
  readonly debug?: boolean | undefined
}

export interface ClientStatus {
  readonly connection: "connecting" | "live" | "offline" | "closed"
  /** `memory`: what is not sent yet is lost with the page or process. */
  readonly durability: "disk" | "memory"
  /** The `leader` among the tabs speaks to the service for all; a client that is alone leads. */
  readonly role: "leader" | "follower"
}

/** A signal that the service, or the client in its place, will not take. */
export interface RefusedSignal {
  readonly id: string
  readonly code: string
  readonly message: string
}

export interface ClientEvents<F extends Fields = Fields> {
  readonly change: View<F>
  /** The ids of signals that the service has on its disk. */
  readonly sent: readonly string[]
  readonly refused: RefusedSignal
  readonly status: ClientStatus
  readonly error: TellonceError
}

/** What may be told, by field. Null, undefined, "" and [] are left out: a blank form field is no statement. */
export type Tellable<F extends Fields> = {
  readonly [Name in keyof FactsOf<F>]?: FactsOf<F>[Name] | null | undefined
}

export interface TellOptions {
  /** Where it was said: `web-chat`, `shop-page`, … */
  readonly channel: string
  readonly matter?: string | undefined
}

/** A live copy of one customer's context. It works offline, and shows what is told here before the service has it. */
export interface ContextClient<F extends Fields = Fields> extends ContextPort<F> {
  tell(facts: Tellable<F>, options: TellOptions): void
  /** Must these be asked? Answered from what is known here and now. */
  ask<Name extends keyof F & string>(
    fields: readonly Name[],
    options?: Omit<AskOptions, "now">,
  ): Readonly<Record<Name, AskAnswer>>
  on<Name extends keyof ClientEvents<F>>(event: Name, listener: (payload: ClientEvents<F>[Name]) => void): Unsubscribe
  status(): ClientStatus
  /** What became of all that was told: captured = acked + queued + dropped. */
  counts(): Counts
  /** Does this signal still wait for the service to have it? */
  isUnsent(id: string): boolean
  /** All that is known, for the functions of the core: `brief(client.context(), …)`. */
  context(): Context<F>
  /** The service's time, as well as it is known here. */
  now(): Millis
  /** Sends what waits, now. Resolves when nothing is left or the try has failed; never rejects. */
  flush(): Promise<void>
  /** Resolves with the first snapshot, or the first failure to get one; never rejects. */
  ready(): Promise<void>
  /**
   * The customer has signed in, with this token from your backend; the view begins anew. With undefined they have signed out, in all tabs:
   * what is unsent has one last chance, the queue, the ids and all that is known here are emptied, and whoever is next is a new visitor.
   * Where nobody is signed in, undefined changes nothing: sign out on the page where the customer still is.
   */
  identify(token: string | undefined): void
  /**
   * The token of the page's own visitor, for your backend: with it you can vouch that this visitor is the customer you have signed in.
   * Undefined when the service cannot be reached or the client was made with another key.
   */
  visitorToken(): Promise<string | undefined>
  /** Ends all connections. What is not sent stays where it is kept. */
  close(): void
}
