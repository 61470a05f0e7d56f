/** What a request may cost before any code of ours looks at it. */
export const limits = {
  bodyBytes: 1_048_576,
  /** Of a body that came with `content-encoding: gzip`. */
  inflatedBytes: 8_388_608,
  /** Of one value, such as a signal. */
  depth: 32,
  members: 1_000,
  /** Characters of one text. */
  textLength: 65_536,
  /** Members and items of a whole body, so that no body takes JSON.parse long. */
  bodyMembers: 50_000,
  /** A body nests this deep around its signals. */
  bodyDepth: 36,
  /**
   * Texts of digits alone, in keys and values. V8 hashes them by their number, which a caller can choose so that they collide;
   * a table of this many is searched in no time all the same.
   */
  numberTexts: 5_000,
} as const
