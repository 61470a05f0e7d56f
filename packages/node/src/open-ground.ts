import type { ContextDefinition, Fields } from "@tellonce/core"
import { checkKeys } from "./access/check-keys.ts"
import { createAccess } from "./access/create-access.ts"
import { createIdentityRules } from "./identity/identity-rules.ts"
import { createOperations } from "./operate/create-operations.ts"
import { keyList } from "./principal.ts"
import type { Service } from "./service.ts"
import type { TellonceOptions } from "./tellonce-options.ts"

/** What all parts of a service stand on. */
export interface Ground<F extends Fields = Fields>
  extends Pick<Service, "operations" | "store" | "keys" | "access" | "identities" | "clock" | "random" | "onError"> {
  readonly definition: ContextDefinition<F>
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly tenant: string | undefined
}

/** Throws `config/…` for keys, agents and purposes that cannot be meant. */
export const openGround = <F extends Fields>(options: TellonceOptions<F>): Ground<F> => {
  const operations = createOperations(options)
  const { context: definition, keys, tenant } = options
  const { clock = Date.now, random = Math.random } = options
  const { failed } = operations.log
  checkKeys(keys)
  return {
    definition,
    operations,
    // The one that is watched, so that every part's work is counted.
    store: operations.store,
    keys,
    secrets: keyList(keys.secret),
    access: createAccess(definition, options.access),
    identities: createIdentityRules(options.identities),
    tenant,
    clock,
    random,
    onError: options.onError ? carefully(options.onError, failed) : failed,
  }
}

/** What listens to failures must not become one, at once or later: a request is answered, and the process goes on. */
const carefully =
  (onError: (error: unknown) => unknown, failed: (thrown: unknown) => void) =>
  async (error: unknown): Promise<void> => {
    try {
      await onError(error)
    } catch (thrown) {
      failed(thrown)
    }
  }
