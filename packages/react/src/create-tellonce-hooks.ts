import { type ContextDefinition, type Fields, TellonceError } from "@tellonce/core"
import { type Context, createContext, type FunctionComponent, useContext } from "react"
import type { ContextStore } from "./create-context-store.ts"
import { createProvider, type ProviderProps } from "./create-provider.ts"
import { createReadHooks, type ReadHooks } from "./create-read-hooks.ts"
import { createWriteHooks, type WriteHooks } from "./create-write-hooks.ts"
import { type FormHook, useGuardedForm } from "./use-guarded-form.ts"

/** The hooks of one definition, and the provider they stand under. */
export interface TellonceHooks<F extends Fields> extends ReadHooks<F>, WriteHooks<F> {
  readonly TellonceProvider: FunctionComponent<ProviderProps<F>>
  /** Asks in a form only what is not known. It draws nothing: its `steps` say what to draw. */
  readonly useGuardedForm: FormHook<F>
}

/** Made once per definition, in a file of the page: all that the hooks take and give is typed by it. */
export const createTellonceHooks = <F extends Fields>(definition: ContextDefinition<F>): TellonceHooks<F> => {
  const shared = createContext<ContextStore<F> | undefined>(undefined)
  const store = () => useProvided(shared, definition.name)
  return {
    TellonceProvider: createProvider(definition, shared),
    ...createReadHooks(store),
    ...createWriteHooks(store),
    // What a field's name says of its value is known to the definition's types alone.
    useGuardedForm: ((options) => useGuardedForm(store(), options)) as FormHook<F>,
  }
}

const useProvided = <F extends Fields>(shared: Context<ContextStore<F> | undefined>, name: string): ContextStore<F> => {
  const store = useContext(shared)
  if (store) return store
  throw new TellonceError(
    "react/no_provider",
    `A hook of "${name}" stands outside of its provider. Put the <TellonceProvider> of the same createTellonceHooks around it.`,
  )
}
