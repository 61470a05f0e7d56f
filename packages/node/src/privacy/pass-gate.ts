import type { Refusal, Signal } from "@tellonce/core"
import type { SignalGate } from "./signal-gate.ts"

type Admitted = { readonly ok: true; readonly signal: Signal } | Refusal

/** The same, in place, with what the gate refuses refused. */
export const passGate = async (
  admitted: readonly Admitted[],
  gate: SignalGate | undefined,
): Promise<readonly Admitted[]> => {
  if (gate === undefined) return admitted
  const refusals = await gate.check(admitted.flatMap((result) => (result.ok ? [result.signal] : [])))
  let signal = 0
  return admitted.map((result) => (result.ok ? (refusals[signal++] ?? result) : result))
}
