import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as z from "zod"

const Expectation = z.object({
  kind: z.string(),
  reply: z.nullish(z.string()),
  match: z.enum(["exact", "starts_with", "contains", "ws_insensitive", "markdown_ws_insensitive", "none"]),
  /** Other replies that are as right. */
  accept: z.optional(z.array(z.string())),
  contains: z.optional(z.array(z.string())),
  not_contains: z.optional(z.array(z.string())),
  /** The writer's name, where the expectation counts on it being known. */
  sender: z.optional(z.string()),
  max_ms: z.optional(z.number()),
})

const Entry = z.object({
  file: z.string(),
  format: z.enum(["rfc822", "text-body", "html-body"]),
  expect: Expectation,
})

export type Expectation = z.output<typeof Expectation>
export type MailEntry = z.output<typeof Entry>

/** What the folder's manifest lists; undefined where there is no manifest. */
export const readManifest = (folder: string): readonly MailEntry[] | undefined => {
  const path = join(folder, "manifest.json")
  return existsSync(path) ? z.array(Entry).parse(JSON.parse(readFileSync(path, "utf8"))) : undefined
}
