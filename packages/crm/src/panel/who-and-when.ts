import type { Provenance } from "@tellonce/core"
import type { Shown } from "./shown.ts"

/** `"Customer · web chat · 2 min ago"`. */
export const whoAndWhen = (said: Provenance, { labels, aged }: Shown): string =>
  [labels.authority[said.authority], labels.channel(said.channel), labels.age(aged(said).age)].join(" · ")
