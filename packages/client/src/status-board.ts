import type { ClientStatus } from "./client-options.ts"

export interface StatusBoard {
  read(): ClientStatus
  connection(is: ClientStatus["connection"]): void
  /** Tells when something has changed. */
  check(): void
}

/** `onChange` is told of every status that differs from the one before. */
export const createStatusBoard = (
  durability: () => ClientStatus["durability"],
  onChange: (status: ClientStatus) => void,
): StatusBoard => {
  let current: ClientStatus = { connection: "connecting", durability: durability() }
  const set = (next: ClientStatus) => {
    if (next.connection === current.connection && next.durability === current.durability) return
    current = next
    onChange(current)
  }
  return {
    read: () => current,
    connection: (connection) => set({ connection, durability: durability() }),
    check: () => set({ ...current, durability: durability() }),
  }
}
