import {
  canonical,
  type Identity,
  type LoggedSignal,
  type Millis,
  type Store,
  TellonceError,
  view,
} from "@tellonce/core"
import { v7 as uuid } from "uuid"
import { HttpProblem } from "../http/http-problem.ts"
import type { Keep } from "../ingest/keep.ts"
import type { Principal } from "../principal.ts"
import type { Customer, FindCustomer } from "../read-customer.ts"
import type { Anchor, AnchorAnswer, AnchorRequest } from "./anchor.ts"
import { createFlights } from "./create-flights.ts"

export interface AnchorParts {
  readonly anchors: Readonly<Record<string, Anchor>>
  readonly store: Pick<Store, "log">
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly keep: Keep
  readonly customer: FindCustomer
  /** How long a system of record may take; 5 s unless told. */
  readonly timeout?: Millis
}

export type AskAnchor = (identity: Identity, name: string, request?: AnchorRequest) => Promise<AnchorAnswer>

/** Where an answer is kept: in the log, as what the record said, so that it ends with the customer's log. */
interface Kept {
  readonly keys: readonly string[]
  readonly id: string
  /** The log's place before it. */
  readonly after: number
  readonly at: Millis
}

const mostKept = 10_000
const service: Principal = { kind: "secret" }

/** One question at a time per customer and anchor; every fresh answer is kept as a signal of the record, so that all channels know it. */
export const createAnchors = (parts: AnchorParts): AskAnchor => {
  const { anchors, store, clock, onError, timeout = 5_000 } = parts
  const kept = new Map<string, Kept>()
  const flights = createFlights<Pick<Extract<AnchorAnswer, { state: "fresh" | "stale" }>, "facts" | "at">>(timeout)

  const remembered = async (place: string) => {
    const pointer = kept.get(place)
    const logged = pointer && (await findLogged(store, pointer))
    return pointer && logged && { facts: logged.signal.facts ?? {}, at: pointer.at }
  }
  const remember = (place: string, pointer: Kept) => {
    kept.delete(place)
    kept.set(place, pointer)
    for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest)
  }

  return async (identity, name, { matter, maxAge = Number.POSITIVE_INFINITY, fresh = false } = {}) => {
    const anchor = Object.hasOwn(anchors, name) ? anchors[name] : undefined
    if (anchor === undefined)
      throw new HttpProblem(
        404,
        "anchor/unknown",
        "No anchor of that name is declared. Declare it where the service is created.",
      )
    const customer = await parts.customer(identity)
    const place = canonical([customer.identities[0] ?? null, name, matter ?? null])
    const before = await remembered(place)
    if (before && clock() - before.at <= Math.min(maxAge, anchor.maxAge)) return answer("fresh", before, clock())
    try {
      const got = await flights.join(place, async (signal) => {
        const seen = view(customer.context, { now: clock(), matter })
        const facts = (await anchor.fetch({ identity, seen, matter, signal })) ?? {}
        // What comes after the time limit was given up and is not recorded: a newer answer may be there.
        signal.throwIfAborted()
        const at = clock()
        if (Object.keys(facts).length > 0)
          remember(place, await record(parts, { identity, name, matter, facts, at, customer }))
        return { facts, at }
      })
      return answer("fresh", got, clock())
    } catch (thrown) {
      onError(thrown)
      if (fresh) throw notFresh()
      return before ? answer("stale", before, clock()) : { state: "unavailable" }
    }
  }
}

const answer = (
  state: "fresh" | "stale",
  { facts, at }: { readonly facts: Readonly<Record<string, unknown>>; readonly at: Millis },
  now: Millis,
): AnchorAnswer => ({ state, facts, at, age: Math.max(0, now - at) })

const record = async (
  { keep }: AnchorParts,
  said: AnchorRequest & {
    readonly identity: Identity
    readonly name: string
    readonly facts: Readonly<Record<string, unknown>>
    readonly at: Millis
    readonly customer: Customer
  },
): Promise<Kept> => {
  const { identity, name, matter, facts, at, customer } = said
  const id = uuid()
  const signal = { id, at, identity, authority: "record", channel: "anchor", source: `anchor.${name}`, matter, facts }
  const [result] = await keep([signal], service)
  if (result?.status === "rejected") throw new TellonceError(result.code, result.message)
  return { keys: customer.identities, id, after: customer.seq, at }
}

const findLogged = async (store: Pick<Store, "log">, { keys, id, after }: Kept): Promise<LoggedSignal | undefined> =>
  (await store.log({ keys, after, limit: 100 })).find(({ signal }) => signal.id === id)

const notFresh = () =>
  new HttpProblem(
    503,
    "anchor/not_fresh",
    "The system of record gave no answer in time, and an old one was not wanted. Ask again, or take an old one.",
    1,
  )
