import { type Refusal, refuse } from "@tellonce/core"
import { HttpProblem } from "./http.ts"

/** What a request may cost before anything else looks at it. */
const limits = { bodyBytes: 1_048_576, depth: 32, members: 1_000, textLength: 65_536 }

const magicKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"])

/** The parsed JSON body, read no further than its limit. Throws `body/too_large` (413) and `body/not_json` (400). */
export const readJson = async (request: Request): Promise<unknown> => {
  const bytes = await readCapped(request)
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new HttpProblem(
      400,
      "body/not_json",
      "The body is not JSON in UTF-8. Nothing of it was kept; correct it and send it again.",
    )
  }
}

const readCapped = async (request: Request): Promise<Uint8Array> => {
  const declared = Number(request.headers.get("content-length") ?? 0)
  if (declared > limits.bodyBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limits.bodyBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () =>
  new HttpProblem(
    413,
    "body/too_large",
    `A body holds at most ${limits.bodyBytes} bytes. Nothing of it was kept; send fewer signals at a time.`,
  )

/**
 * Refuses a value that is too deep, too wide or carries a magic key, before any code that recurses or copies by key sees it.
 * Walks with a list of its own: a nest of a million brackets must not meet the stack.
 */
export const checkShape = (input: unknown): { readonly ok: true } | Refusal => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }]
  let members = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === "string" && value.length > limits.textLength) {
      return refuse("shape/text_too_long", `A text holds at most ${limits.textLength} characters. Shorten it.`)
    }
    if (typeof value !== "object" || value === null) continue
    if (depth >= limits.depth)
      return refuse("shape/too_deep", `A value nests at most ${limits.depth} deep. Flatten it.`)
    const entries = Object.entries(value)
    members += entries.length
    if (members > limits.members)
      return refuse("shape/too_wide", `A signal holds at most ${limits.members} members. Split it.`)
    if (!Array.isArray(value) && entries.some(([key]) => magicKeys.has(key))) {
      return refuse("shape/magic_key", "A member is named __proto__, constructor or prototype. Rename it.")
    }
    for (const [, member] of entries) open.push({ value: member, depth: depth + 1 })
  }
  return { ok: true }
}
