/** What is known in the order in which it was shown before, what is new at the top: what somebody types into must not move. */
export const keepOrder = <Known extends { readonly field: string }>(
  known: readonly Known[],
  shown: readonly string[],
): readonly Known[] => [...known].sort((a, b) => shown.indexOf(a.field) - shown.indexOf(b.field))
