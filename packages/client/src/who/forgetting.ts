import { TellonceError } from "@tellonce/core"
import { idOf, type Unsent } from "../kept/outbox.ts"
import type { Ledger } from "../told/ledger.ts"
import type { Link } from "../wire/link.ts"
import type { Credentials } from "./credentials.ts"
import type { Visitor } from "./visitor.ts"

/** The end of somebody here: queue, ids and what is known of them go, in all tabs, and whoever is next begins anew. */
export interface Forgetting {
  /** What can still go to the service goes; what does not arrive is dropped and counted. */
  signOut(): void
  /** The service has answered 410 to this token. */
  erased(token: string): void
  /** Another tab has begun it. */
  heard(code: string): void
  /** These were still on the disk: if somebody has gone meanwhile, they go as well. */
  adopted(left: readonly Unsent[]): void
}

export interface ForgettingOptions {
  readonly credentials: Credentials
  readonly visitor: Visitor | undefined
  readonly ledger: Pick<Ledger<never>, "queue" | "drop">
  readonly link: Pick<Link, "sayFarewell">
  /** It is somebody else's context from now on. */
  readonly switchCustomer: () => void
  /** Tells the other tabs. */
  readonly post: (code: string) => void
  readonly report: (error: TellonceError) => void
}

const signedOut = "client/signed_out"
const erased = "access/erased"

export const createForgetting = (options: ForgettingOptions): Forgetting => {
  const { credentials, visitor, ledger, link, switchCustomer, post, report } = options
  const waiting = () => ledger.queue.list().map(idOf)
  const dropAll = (ids: readonly string[], code: string) => ledger.drop(ids, code, gone)
  let ended: string | undefined
  const begin = (code: string, shared: boolean) => {
    ended = code
    credentials.use(undefined)
    const forgotten = visitor?.forget({ shared })
    // First off the disk, or another tab would find there what it is to forget.
    if (!shared) void (forgotten ?? Promise.resolve()).then(() => post(code))
    switchCustomer()
  }
  return {
    signOut() {
      const ids = waiting()
      const parting = link.sayFarewell({ leaving: false })
      begin(signedOut, false)
      void parting.then(() => dropAll(ids, signedOut))
    },
    erased(token) {
      const owner = credentials.owner()
      // The answer to a request of somebody who is long forgotten.
      if (credentials.known(owner) !== token) return
      dropAll(waiting(), erased)
      begin(erased, false)
      report(new TellonceError(erased, erasedHere))
    },
    heard(code) {
      dropAll(waiting(), code)
      begin(code, true)
    },
    adopted(left) {
      if (ended) dropAll(left.map(idOf), ended)
    },
  }
}

const gone = "Who it is about is gone."
const erasedHere = "The customer was erased: all begins anew."
