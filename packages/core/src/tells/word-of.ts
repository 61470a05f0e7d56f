import type { CustomEvent, Signal } from "../signal.ts"

/** A text or number that the user's event of this name holds under `member`. */
export const wordOf = ({ event }: Signal, name: string, member: string): string | undefined => {
  if (event?.name !== name) return undefined
  const { data } = event as CustomEvent
  const word = data !== undefined && Object.hasOwn(data, member) ? data[member] : undefined
  return typeof word === "string" || typeof word === "number" ? String(word) : undefined
}
