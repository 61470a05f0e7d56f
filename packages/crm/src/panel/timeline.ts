import type { HouseView, Provenance } from "@tellonce/core"

/** Something that was said or done, as the timeline shows it. */
export type Happening =
  | { readonly kind: "message"; readonly said: HouseView["messages"][number] }
  | { readonly kind: "asked"; readonly said: HouseView["asked"][number] }
  | { readonly kind: "told"; readonly said: HouseView["told"][number] }
  | { readonly kind: "promised"; readonly said: HouseView["promised"][number] }
  | { readonly kind: "tried"; readonly said: HouseView["tried"][number] }
  | { readonly kind: "handoff"; readonly said: HouseView["handoffs"][number] }

/** All that was said and done, newest first. */
export const toTimeline = ({ messages, asked, told, promised, tried, handoffs }: HouseView): readonly Happening[] =>
  [
    ...messages.map((said) => ({ kind: "message", said }) as const),
    ...asked.map((said) => ({ kind: "asked", said }) as const),
    ...told.map((said) => ({ kind: "told", said }) as const),
    ...promised.map((said) => ({ kind: "promised", said }) as const),
    ...tried.map((said) => ({ kind: "tried", said }) as const),
    ...handoffs.map((said) => ({ kind: "handoff", said }) as const),
  ].sort(byRecency)

const byRecency = (a: { readonly said: Provenance }, b: { readonly said: Provenance }): number => b.said.at - a.said.at
