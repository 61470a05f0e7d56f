import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import type { Keep } from "./keep.ts"

/** Keeps one signal, on the disk when it resolves. Throws what the service refuses it with, as an answer. */
export const keepOne = async (keep: Keep, signal: object, principal: Principal): Promise<void> => {
  const [result] = await keep([signal], principal)
  if (result?.status === "rejected") throw new HttpProblem(statusOf(result.code), result.code, result.message)
}

const statusOf = (code: string): number => {
  if (code.startsWith("access/")) return 403
  if (code === "signal/erased") return 410
  return code.startsWith("link/") || code === "signal/id_reused" ? 409 : 400
}
