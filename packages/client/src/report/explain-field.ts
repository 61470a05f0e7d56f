import { type Explanation, explain, type Fields } from "@tellonce/core"
import type { ContextClient } from "../client-options.ts"

export interface ClientExplanation extends Explanation {
  /** The statement that gives the value was made here, and the service does not have it yet. */
  readonly isUnsent: boolean
}

/** Which statement won a field in this page and why the others lost, in words. Throws for a field that is not declared. */
export const explainField = <F extends Fields>(
  client: ContextClient<F>,
  field: keyof F & string,
): ClientExplanation => {
  const explanation = explain(client.context(), field, { now: client.now() })
  return { ...explanation, isUnsent: client.isUnsent(explanation.winner?.signal ?? "") }
}
