/** The items under each of their names, names in the order they are met. */
export const groupBy = <Item, Name>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly Name[],
): ReadonlyMap<Name, readonly Item[]> => {
  const groups = new Map<Name, Item[]>()
  for (const item of items) {
    for (const name of namesOf(item)) {
      const group = groups.get(name)
      // Grown in place: a copy per item would make large groups quadratic.
      if (group) group.push(item)
      else groups.set(name, [item])
    }
  }
  return groups
}
