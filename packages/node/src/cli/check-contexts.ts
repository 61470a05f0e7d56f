import {
  applySignals,
  type ContextDefinition,
  emptyContext,
  encodeContext,
  type ServiceStore,
  type Signal,
} from "@tellonce/core"
import { toDocument } from "../stored-context.ts"

export interface ContextsVerdict {
  readonly contexts: number
  /** How many are not what their log makes of them. */
  readonly different: number
}

const page = 500

/** Makes every context anew from the log and compares it with the one that is kept. */
export const checkContexts = async (
  definition: ContextDefinition,
  store: Pick<ServiceStore, "keys" | "log" | "read">,
): Promise<ContextsVerdict> => {
  let contexts = 0
  let different = 0
  for (let after = ""; ; ) {
    const keys = await store.keys({ after, limit: page })
    for (const key of keys) {
      contexts++
      if (!(await isAsLogged(definition, store, key))) different++
    }
    const last = keys.at(-1)
    if (last === undefined || keys.length < page) return { contexts, different }
    after = last
  }
}

const isAsLogged = async (definition: ContextDefinition, store: Pick<ServiceStore, "log" | "read">, key: string) => {
  let made = emptyContext(definition)
  for (let after = 0; ; ) {
    const rows = await store.log({ keys: [key], after, limit: page })
    made = applySignals(
      made,
      rows.map(({ signal }): Signal => signal),
    )
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) break
    after = last.seq
  }
  const [stored] = await store.read([key])
  return (stored === undefined ? "" : toDocument(definition, stored)) === encodeContext(made)
}
