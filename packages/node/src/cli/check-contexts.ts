import {
  applySignals,
  type ContextDefinition,
  emptyContext,
  encodeContext,
  type ServiceStore,
  type Signal,
} from "@tellonce/core"
import { toDocument } from "../stored-context.ts"
import { walkKeys, walkLog } from "../walk-store.ts"

export interface ContextsVerdict {
  readonly contexts: number
  /** How many are not what their log makes of them. */
  readonly different: number
}

/** Makes every context anew from the log and compares it with the one that is kept. */
export const checkContexts = async (
  definition: ContextDefinition,
  store: Pick<ServiceStore, "keys" | "log" | "read">,
): Promise<ContextsVerdict> => {
  let contexts = 0
  let different = 0
  for await (const keys of walkKeys(store)) {
    for (const key of keys) {
      contexts++
      if (!(await isAsLogged(definition, store, key))) different++
    }
  }
  return { contexts, different }
}

const isAsLogged = async (definition: ContextDefinition, store: Pick<ServiceStore, "log" | "read">, key: string) => {
  let made = emptyContext(definition)
  for await (const rows of walkLog(store, key)) {
    made = applySignals(
      made,
      rows.map(({ signal }): Signal => signal),
    )
  }
  const [stored] = await store.read([key])
  return (stored === undefined ? "" : toDocument(definition, stored)) === encodeContext(made)
}
