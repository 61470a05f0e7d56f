import { type AskAnswer, ask, type Fields, inWords, type Millis, type View } from "@tellonce/core"
import type { ContextClient } from "../client-options.ts"
import type { Hub } from "../report/hub.ts"
import type { LocalContext } from "./local-context.ts"

export type Reader<F extends Fields> = Pick<ContextClient<F>, "view" | "ask">

export interface ReaderOptions<F extends Fields> {
  readonly local: Pick<LocalContext<F>, "read" | "view">
  readonly now: () => Millis
  readonly attempt: Hub<F>["attempt"]
}

/** Reads the local context as it is now. A user's own rule that throws costs an old view, not the page. */
export const createReader = <F extends Fields>({ local, now, attempt }: ReaderOptions<F>): Reader<F> => {
  let last: View<F> = local.view()
  return {
    view() {
      last = attempt(local.view) ?? last
      return last
    },
    ask<Name extends keyof F & string>(fields: readonly Name[], options = {}) {
      const answers = fields.map((name) => [
        name,
        attempt(() => ask(local.read(), [name], { ...options, now: now() })[name]) ?? {
          answer: "ask",
          reason: "unknown",
          question: `What is your ${inWords(name)}?`,
        },
      ])
      return Object.fromEntries(answers) as Record<Name, AskAnswer>
    },
  }
}
