import { type Identity, parseIdentityKey } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Act } from "./act.ts"
import type { Audit } from "./create-audit.ts"

export interface RefusableCall {
  readonly audit: Audit
  readonly principal: Act["principal"]
  /** `GET /v1/context`: the route as it is declared, never the address that was called. */
  readonly action: string
  readonly searchParams: URLSearchParams
}

/** Runs `work`, and notes it when it ends in a refusal that says "not you". The caller's answer does not wait for that. */
export const auditRefusals = async <Result>(call: RefusableCall, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (thrown) {
    if (isDenial(thrown)) {
      const { audit, principal, action, searchParams } = call
      const act = {
        principal,
        action,
        subject: namedIn(searchParams),
        outcome: "denied",
        detail: { code: thrown.code },
      } as const
      // A failure to keep it has been told to onError already.
      void audit.note(act).catch(() => {})
    }
    throw thrown
  }
}

const isDenial = (thrown: unknown): thrown is HttpProblem =>
  thrown instanceof HttpProblem && (thrown.status === 401 || thrown.status === 403 || thrown.code.startsWith("access/"))

const namedIn = (searchParams: URLSearchParams): Identity | undefined => {
  const named = searchParams.get("identity") ?? ""
  return /^[a-z][a-z0-9._-]{0,31}:.{1,320}$/s.test(named) ? parseIdentityKey(named) : undefined
}
