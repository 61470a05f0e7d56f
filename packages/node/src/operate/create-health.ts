import type { Millis, ServiceStore } from "@tellonce/core"

/** `degraded`: the process lives and the store does not answer, answers too late, or refused the last write. */
export type StoreState = "ready" | "degraded"

export interface HealthOptions {
  readonly store: Pick<ServiceStore, "read">
  readonly isFailing: () => boolean
}

/** A store that has not answered by then is not ready; whoever asks about health has an answer soon all the same. */
const patience: Millis = 150

/** Asks the store for a context that is not there. Those who ask at the same time share one look. */
export const createHealth = ({ store, isFailing }: HealthOptions) => {
  let looking: Promise<boolean> | undefined
  const look = () => {
    looking ??= answers(store).finally(() => {
      looking = undefined
    })
    return looking
  }
  return async (): Promise<StoreState> => ((await inTime(look())) && !isFailing() ? "ready" : "degraded")
}

const answers = (store: HealthOptions["store"]): Promise<boolean> =>
  store.read(["probe:health"]).then(
    () => true,
    () => false,
  )

const inTime = async (look: Promise<boolean>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  return Promise.race([look, late]).finally(() => clearTimeout(timer))
}
