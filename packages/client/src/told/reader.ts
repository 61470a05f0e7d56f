import { type AskAnswer, ask, type Context, type Fields, inWords, type Millis, type View, view } from "@tellonce/core"
import type { ContextClient } from "../client-options.ts"

export type Reader<F extends Fields> = Pick<ContextClient<F>, "view" | "ask">

export interface ReaderOptions<F extends Fields> {
  readonly read: () => Context<F>
  readonly now: () => Millis
  readonly report: (thrown: unknown) => void
}

/** Reads the local context as it is now. A user's own rule that throws costs an old view, not the page. */
export const createReader = <F extends Fields>({ read, now, report }: ReaderOptions<F>): Reader<F> => {
  let last: View<F> = view(read(), { now: now() })
  return {
    view() {
      try {
        last = view(read(), { now: now() })
      } catch (thrown) {
        report(thrown)
      }
      return last
    },
    ask<Name extends keyof F & string>(fields: readonly Name[], options = {}) {
      const answers = fields.map((name): readonly [Name, AskAnswer] => {
        try {
          return [name, ask(read(), [name], { ...options, now: now() })[name]]
        } catch (thrown) {
          report(thrown)
          return [name, { answer: "ask", reason: "unknown", question: `What is your ${inWords(name)}?` }]
        }
      })
      return Object.fromEntries(answers) as Record<Name, AskAnswer>
    },
  }
}
