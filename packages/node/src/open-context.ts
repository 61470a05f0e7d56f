import {
  applySignals,
  type ContextDefinition,
  type ContextPort,
  type Fields,
  type Identity,
  type Millis,
  type Store,
  type StoreNews,
  view,
} from "@tellonce/core"
import { changesWho } from "./feed/changes-who.ts"
import { createRerun } from "./feed/create-rerun.ts"
import type { Customer } from "./read-customer.ts"
import type { OwnStatement } from "./service.ts"

/** A live context in this process. */
export interface ContextHandle<F extends Fields = Fields> extends ContextPort<F> {
  close(): void
}

export interface OpenContext<F extends Fields> {
  readonly definition: ContextDefinition<F>
  readonly store: Store
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly identity: Identity
  readonly record: (statements: readonly OwnStatement[]) => Promise<unknown>
  readonly read: () => Promise<Customer<F>>
}

export const openContext = async <F extends Fields>(options: OpenContext<F>): Promise<ContextHandle<F>> => {
  const { store, clock, onError, identity } = options
  let customer = await options.read()
  const listeners = new Set<(seen: ReturnType<typeof current>) => void>()
  const current = () => view(customer.context, { now: clock() })

  const notify = () => {
    for (const listener of listeners) {
      try {
        listener(current())
      } catch (thrown) {
        onError(thrown)
      }
    }
  }
  const reload = async () => {
    customer = await options.read()
    await catchUp()
    notify()
  }
  const rerun = createRerun(reload, onError)
  /** What was kept while the customer was being read was not heard, or was heard of the one before. */
  const catchUp = async () => {
    const { identities, places } = customer
    const since = await Promise.all(identities.map((key) => store.log({ keys: [key], after: places.get(key) ?? 0 })))
    hear({ added: since.flat(), swept: [] })
  }
  const hear = ({ added, swept }: StoreNews) => {
    if (swept.some((key) => customer.identities.includes(key))) return rerun(reload)
    const ours = added.flatMap(({ key, signal }) => (customer.identities.includes(key) ? [signal] : []))
    if (ours.some(changesWho)) return rerun(reload)
    const context = applySignals(customer.context, ours)
    if (context === customer.context) return
    customer = { ...customer, context }
    notify()
  }
  const unwatch = store.watch(hear, {
    has: (key) => customer.identities.includes(key),
    keys: () => new Set(customer.identities).keys(),
  })
  await catchUp().catch((thrown: unknown) => {
    unwatch()
    throw thrown
  })

  return {
    record: (statement) => void options.record([{ source: "tellonce", identity, ...statement }]).catch(onError),
    view: current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: unwatch,
  }
}
