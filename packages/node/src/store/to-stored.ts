import type { Signal } from "@tellonce/core"
import type { Sized } from "./grow-contexts.ts"

/** What the thread finds of a key: its document, and the log rows after it. */
export interface FoundContext {
  readonly key: string
  /** The place of the last signal in the document. */
  readonly seq: number
  readonly encoded: string | undefined
  readonly rows: readonly { readonly seq: number; readonly body: string }[]
}

export const toStored = ({ key, seq, encoded, rows }: FoundContext): Sized => ({
  key,
  seq: rows.at(-1)?.seq ?? seq,
  encoded,
  tail: rows.map(({ body }) => JSON.parse(body) as Signal),
  tailText: rows.reduce((sum, { body }) => sum + body.length, 0),
})
