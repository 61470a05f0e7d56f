import { type Refusal, TellonceError } from "@tellonce/core"

/** Says what was refused once per request, by code: the message of a sender may hold personal data, its codes do not. */
export const reportRefused = (
  refused: readonly Refusal[],
  { of, onError }: { readonly of: number; readonly onError: (error: unknown) => void },
): void => {
  if (refused.length === 0) return
  const counts = new Map<string, number>()
  for (const { code } of refused) counts.set(code, (counts.get(code) ?? 0) + 1)
  const codes = [...counts].map(([code, count]) => `${code} × ${count}`).join(", ")
  const message = `Of ${of} foreign events some were refused, whole or in part: ${codes}. The sender was told not to repeat them.`
  onError(new TellonceError("ingest/refused", message))
}
