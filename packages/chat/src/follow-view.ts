import type { ChatHost, ContextPort, Fields, View } from "@tellonce/core"
import type { AttributePush } from "./create-attribute-push.ts"
import { toAttributes } from "./to-attributes.ts"

export interface FollowOptions<F extends Fields> {
  readonly host: ChatHost
  readonly context: ContextPort<F>
  readonly fields: readonly (keyof F & string)[]
  readonly attributes: AttributePush
  readonly onError: (error: unknown) => void
}

export interface Following {
  /** Offers what is known now. */
  look(): void
  stop(): void
}

/** Begins when the widget can take attributes: what is set before is lost by most vendors. */
export const followView = <F extends Fields>({
  host,
  context,
  fields,
  attributes,
  onError,
}: FollowOptions<F>): Following => {
  let phase: "waits" | "follows" | "stopped" = "waits"
  const offer = (view: View<F>) => {
    if (phase === "follows") attributes.offer(toAttributes(view, fields))
  }
  const look = () => offer(context.view())
  const unsubscribe = context.subscribe(offer)
  const begin = () => {
    if (phase === "stopped") return
    phase = "follows"
    look()
  }
  host.ready().then(begin).catch(onError)
  return {
    look,
    stop: () => {
      phase = "stopped"
      unsubscribe()
    },
  }
}
