/** Milliseconds between two looks: soon at first, for a script that is loading; rarely later, for one that waits for a consent. */
const soonest = 100
const latest = 2_000

/** Looks for what a vendor's script puts on the page until it is there. Vendors offer no event for "the script has come". */
export const whenFound = <Found>(
  page: Window,
  find: () => Found | undefined,
  tell: (found: Found) => void,
  wait = soonest,
): void => {
  const found = find()
  if (found !== undefined) tell(found)
  else page.setTimeout(() => whenFound(page, find, tell, Math.min(wait * 2, latest)), wait)
}
