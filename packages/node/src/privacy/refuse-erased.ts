import { identityKey } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import type { ErasureLedger } from "./erasure-ledger.ts"

/** Throws 410 `access/erased` for a page's token from before an erasure, whatever it wants: times can be forged, epochs are signed. */
export const refuseErased = async (principal: Principal, ledger: ErasureLedger): Promise<void> => {
  if (!("identity" in principal)) return
  const [least = 0] = await ledger.epochs([identityKey(principal.identity)])
  if (principal.epoch >= least) return
  throw new HttpProblem(
    410,
    "access/erased",
    "What was known here has been erased at the customer's wish. Forget what is stored with this token and open a new visitor.",
  )
}
