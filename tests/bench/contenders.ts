/** Everyone who does the work, each over the same parsed signals and from an empty state. */
import { applySignals, type Context, type ContextDefinition, emptyContext, type Signal } from "@tellonce/core"
import merge from "lodash.merge"
import { getHlcFunctions } from "tinybase"
import { createMergeableStore } from "tinybase/mergeable-store"
import * as Y from "yjs"

export type Batches = readonly (readonly Signal[])[]
export type Contender = (batches: Batches) => unknown

export const tellonce =
  (definition: ContextDefinition): Contender =>
  (batches) => {
    const contexts = new Map<string, Context>()
    for (const batch of batches) {
      const customer = customerOf(batch)
      const before = contexts.get(customer) ?? emptyContext(definition)
      const after = applySignals(before, batch)
      if (after !== before) contexts.set(customer, after)
    }
    return contexts
  }

const customerOf = (batch: readonly Signal[]): string => batch[0]?.identity.value ?? ""

interface Held {
  t: number
  v: unknown
}
export type FloorState = Map<string, Map<string, Held>>

/** By hand, in place, newest time wins: no ids, no authority, no ties, no provenance. The customer is looked up for every signal. */
export const floor = (batches: Batches, customers: FloorState = new Map()): FloorState => {
  for (const batch of batches) {
    for (const signal of batch) holdFacts(fieldsOf(customers, signal.identity.value), signal)
  }
  return customers
}

/** The same floor with the customer looked up once per batch, as ours does. */
export const floorByBatch: Contender = (batches) => {
  const customers: FloorState = new Map()
  for (const batch of batches) {
    const fields = fieldsOf(customers, customerOf(batch))
    for (const signal of batch) holdFacts(fields, signal)
  }
  return customers
}

const fieldsOf = (customers: FloorState, customer: string): Map<string, Held> => {
  const known = customers.get(customer)
  if (known) return known
  const fields = new Map<string, Held>()
  customers.set(customer, fields)
  return fields
}

const holdFacts = (fields: Map<string, Held>, { at, facts }: Signal): void => {
  for (const field in facts) {
    const held = fields.get(field)
    if (held === undefined) fields.set(field, { t: at, v: facts[field] })
    else if (at > held.t) {
      held.t = at
      held.v = facts[field]
    }
  }
}

/** A row per customer; its own clock decides, so the last to arrive wins whatever its time. */
export const tinybase: Contender = (batches) => {
  const store = createMergeableStore("bench")
  for (const batch of batches) {
    store.transaction(() => {
      for (const { identity, facts } of batch) {
        for (const field in facts) store.setCell("customers", identity.value, field, facts[field] as string)
      }
    })
  }
  return store
}

/** The same store given clocks made of our times, so that the newest time wins as it does here. */
export const tinybaseOwnClock: Contender = (batches) => {
  const store = createMergeableStore("bench")
  const [, , encodeHlc] = getHlcFunctions("bench")
  for (const batch of batches) {
    const cells: Record<string, [string, string]> = {}
    for (const { at, facts } of batch) {
      const clock = encodeHlc(at, 0)
      for (const field in facts) {
        const held = cells[field]
        if (held === undefined || clock > held[1]) cells[field] = [facts[field] as string, clock]
      }
    }
    store.applyMergeableChanges([[{ customers: [{ [customerOf(batch)]: [cells] }] }], [{}], 1])
  }
  return store
}

/** One document, a map per customer holding `[time, value]`. */
export const yjs: Contender = (batches) => {
  const doc = new Y.Doc()
  const customers = doc.getMap<Y.Map<readonly [number, unknown]>>("customers")
  for (const batch of batches) {
    doc.transact(() => {
      for (const { identity, at, facts } of batch) {
        const fields = customers.get(identity.value) ?? customers.set(identity.value, new Y.Map())
        for (const field in facts) {
          const held = fields.get(field)
          if (held === undefined || at > held[0]) fields.set(field, [at, facts[field]])
        }
      }
    })
  }
  return doc
}

/** One plain object for all; the last to arrive wins. */
export const lodashMerge: Contender = (batches) => {
  const customers = {}
  for (const batch of batches) {
    for (const { identity, at, facts } of batch) {
      for (const field in facts) merge(customers, { [identity.value]: { [field]: { t: at, v: facts[field] } } })
    }
  }
  return customers
}

/** A new object per change, as a reducer makes it. */
export const spread: Contender = (batches) => {
  const customers: Record<string, Readonly<Record<string, Held>>> = {}
  for (const batch of batches) {
    for (const { identity, at, facts } of batch) {
      const fields = customers[identity.value] ?? {}
      for (const field in facts) {
        const held = fields[field]
        if (held !== undefined && held.t >= at) continue
        customers[identity.value] = { ...fields, [field]: { t: at, v: facts[field] } }
      }
    }
  }
  return customers
}
