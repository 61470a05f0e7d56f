/**
 * Do two readings say the same? Ages and a view's own `now` grow by themselves and make no difference: whoever shows an age takes it
 * from `at`.
 */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [toMembers(one), toMembers(other)]
  const names = Object.keys(mine)
  return (
    names.length === Object.keys(theirs).length &&
    names.every((name) => Object.hasOwn(theirs, name) && isSame(mine[name], theirs[name]))
  )
}

const toMembers = (value: object): Readonly<Record<string, unknown>> => {
  const grows = hasAll(value, stamp) ? "age" : hasAll(value, house) ? "now" : undefined
  return grows === undefined
    ? (value as Readonly<Record<string, unknown>>)
    : Object.fromEntries(Object.entries(value).filter(([name]) => name !== grows))
}

/** A customer's own fact may well have a member named `age`: only beside these it is the age of a statement. */
const stamp = ["at", "age", "authority", "channel", "source"]
const house = ["now", "links", "matters", "holds", "handoffs"]

const hasAll = (value: object, names: readonly string[]): boolean => names.every((name) => Object.hasOwn(value, name))
