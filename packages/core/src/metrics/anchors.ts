import { canonical } from "../canonical.ts"
import type { ContextDefinition } from "../define-context.ts"
import type { HeardSignal } from "./heard-signal.ts"

/** What the systems of record said of each field, as a number that grows with every change. */
export interface Anchors {
  hear(signal: HeardSignal): void
  /** Equal at two times when the record's value of this field did not change between them, for the matter of this signal. */
  version(field: string, signal: HeardSignal): string
}

export const createAnchors = ({ fields }: ContextDefinition): Anchors => {
  const registers = new Map<string, { readonly fact: string; readonly changes: number }>()
  const isOfMatter = (field: string) => Object.hasOwn(fields, field) && fields[field]?.scope === "matter"
  const name = (customer: string, field: string, matter?: string) => JSON.stringify([customer, field, matter ?? null])
  const state = ({ customer, matter }: HeardSignal, field: string, fact: string) => {
    const register = name(customer, field, isOfMatter(field) ? matter : undefined)
    const before = registers.get(register)
    if (before?.fact !== fact) registers.set(register, { fact, changes: (before?.changes ?? 0) + 1 })
  }
  return {
    hear(signal) {
      if (signal.authority !== "record") return
      for (const [field, fact] of Object.entries(signal.facts ?? {})) state(signal, field, canonical(fact))
      for (const field of signal.cleared ?? []) state(signal, field, "cleared")
    },
    version(field, { customer, matter }) {
      const changes = (of?: string) => registers.get(name(customer, field, of))?.changes ?? 0
      return isOfMatter(field) ? `${changes()}/${changes(matter)}` : `${changes()}`
    },
  }
}
