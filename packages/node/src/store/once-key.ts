import type { Addressed } from "@tellonce/core"

/** One text per (identity, source, id); its lengths keep an id from being read as part of a source. */
export const onceKey = ({ key, signal: { source, id } }: Addressed): string =>
  `${id.length} ${source.length} ${id}${source}${key}`
