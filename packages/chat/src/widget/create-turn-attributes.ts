import type { Scalar } from "./create-carried.ts"

/** Attributes for an app's own service, which has no limits: they travel whole with every turn. */
export const createTurnAttributes = () => {
  const kept = new Map<string, Scalar>()
  return {
    set: (changed: Readonly<Record<string, Scalar | null>>): void => {
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) kept.delete(name)
        else kept.set(name, value)
      }
    },
    /** Undefined while there are none: such a request is left as it is. */
    ofTurn: (): Readonly<Record<string, Scalar>> | undefined =>
      kept.size === 0 ? undefined : Object.fromEntries(kept),
  }
}

export type TurnAttributes = ReturnType<typeof createTurnAttributes>
