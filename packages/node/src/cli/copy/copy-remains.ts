import {
  type ContextDefinition,
  emptyContext,
  encodeContext,
  parseIdentityKey,
  type ServiceStore,
  type Signal,
  type StoredContext,
} from "@tellonce/core"
import { createFold } from "../../ingest/create-fold.ts"
import { toDocument } from "../../stored-context.ts"
import type { Remains, SweptSignal } from "./copy-source.ts"

/** Copies what a port gives nobody, by what a port takes from everybody. */
export const copyRemains = async (
  definition: ContextDefinition,
  from: Remains,
  to: Pick<ServiceStore, "update" | "sweep" | "once" | "put" | "settle">,
): Promise<void> => {
  for (const swept of from.swept()) await copySwept(definition, to, swept)
  for (const names of from.names()) for (const { name, until } of names) await to.once(name, until)
  for (const waiting of from.waiting()) {
    await to.put(waiting.map(({ due: _due, ...outgoing }) => outgoing))
    // First due at `at`; what was tried before, or given up, is due when it was to be.
    const moved = waiting.filter(({ at, due }) => due !== at)
    await to.settle(moved.map(({ to, id, due }) => ({ to, id, next: due ?? ("parked" as const) })))
  }
}

/** One that is gone is logged as an empty signal and swept: what stays is that it came. */
const copySwept = async (
  definition: ContextDefinition,
  to: Pick<ServiceStore, "update" | "sweep">,
  swept: readonly SweptSignal[],
): Promise<void> => {
  const gone = swept.filter(({ isLogged }) => !isLogged)
  const stubs = gone.map(({ key, received, source, id }) => ({ key, received, signal: toStub(key, source, id) }))
  await to.update(stubs, createFold(definition).fold)
  const names = new Set(swept.map(({ key, source, id }) => nameOf(key, { source, id })))
  await to.sweep([...new Set(swept.map(({ key }) => key))], {
    context: (stored) => withoutStubs(definition, stored),
    signal({ key, signal }) {
      if (!names.has(nameOf(key, signal))) return signal
      // Another object: the store then knows that what it says is not what came.
      return signal.channel === stubChannel ? undefined : { ...signal }
    },
  })
}

const stubChannel = "tellonce.copy"

const toStub = (key: string, source: string, id: string): Signal => ({
  ...{ id, source, at: 1, channel: stubChannel, authority: "inferred" },
  identity: parseIdentityKey(key.slice(key.indexOf("/") + 1)),
})

const nameOf = (key: string, { source, id }: Pick<Signal, "source" | "id">) => JSON.stringify([key, source, id])

/** An empty signal leaves nothing in a context; where there is nothing else, there is no context. */
const withoutStubs = (definition: ContextDefinition, stored: StoredContext): string | undefined => {
  const tail = stored.tail.filter(({ channel }) => channel !== stubChannel)
  const document = toDocument(definition, { ...stored, tail })
  return document === encodeContext(emptyContext(definition)) ? undefined : document
}
