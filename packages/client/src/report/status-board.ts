import type { ClientStatus } from "../client-options.ts"

export interface StatusBoard {
  read(): ClientStatus
  /** What is not named stays. */
  set(change: Partial<Omit<ClientStatus, "durability">>): void
}

/** `onChange` is told of every status that differs from the one before. */
export const createStatusBoard = (
  durability: () => ClientStatus["durability"],
  onChange: (status: ClientStatus) => void,
): StatusBoard => {
  let current: ClientStatus = { connection: "connecting", durability: durability(), role: "follower" }
  return {
    read: () => current,
    set(change) {
      const next: ClientStatus = { ...current, ...change, durability: durability() }
      if (JSON.stringify(next) === JSON.stringify(current)) return
      current = next
      onChange(current)
    },
  }
}
