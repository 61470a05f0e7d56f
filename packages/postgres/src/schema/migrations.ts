import { tables } from "./tables.ts"

/** One step from one form of the schema to the next. */
export interface Migration {
  readonly version: number
  readonly text: string
  /** The oldest form whose nodes still work with this one: they go on while the new ones start. */
  readonly worksWith: number
}

/**
 * Forward only, and never changed once released. A step only adds; what it makes needless is removed a release later, when no node that
 * needs it runs any more.
 */
export const migrations: readonly Migration[] = [{ version: 1, text: tables, worksWith: 1 }]
