import { inProcess } from "../in-process.ts"
import type { Principal } from "../principal.ts"
import type { ProcessingRecord } from "./create-records.ts"
import type { Rights } from "./create-rights.ts"

/** For the company's own backend, in its process. */
type Own<Method> = Method extends (...call: [...infer Call, Principal]) => infer Answer
  ? (...call: Call) => Answer
  : never

/** The rights of a customer, with the authority of the secret key. */
export interface RightsMethods {
  readonly restrict: Own<Rights["restrict"]>
  readonly object: Own<Rights["object"]>
  readonly setMinor: Own<Rights["setMinor"]>
  readonly request: Own<Rights["request"]>
  readonly requests: Rights["requests"]
  records(): readonly ProcessingRecord[]
}

export const toRightsMethods = (rights: Rights, records: RightsMethods["records"]): RightsMethods => ({
  restrict: (identity, restricted, said) => rights.restrict(identity, restricted, said, inProcess),
  object: (identity, purpose, said) => rights.object(identity, purpose, said, inProcess),
  setMinor: (identity, minor, said) => rights.setMinor(identity, minor, said, inProcess),
  request: (identity, asked) => rights.request(identity, asked, inProcess),
  requests: rights.requests,
  records,
})
