/** What stands at a path in what a stranger sent; undefined where there is nothing, or where looking throws. */
export const dig = (value: unknown, ...path: readonly string[]): unknown => {
  try {
    return path.reduce<unknown>(
      (at, member) =>
        typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[member] : undefined,
      value,
    )
  } catch {
    return undefined
  }
}
