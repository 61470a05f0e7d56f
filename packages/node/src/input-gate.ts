import { type Refusal, refuse } from "@tellonce/core"
import { HttpProblem } from "./http/http-problem.ts"
import type { Incoming } from "./http/incoming.ts"
import { limits } from "./overload/limits.ts"
import { readBody } from "./overload/read-body.ts"
import { scanJson } from "./overload/scan-json.ts"

const magicKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"])
const decoder = new TextDecoder("utf-8", { fatal: true })

/** The parsed JSON body. What costs too much is refused before it is parsed: 413 and 415 `body/…`, 413 `shape/…`, 400 `body/not_json`. */
export const readJson = async (request: Incoming): Promise<unknown> => {
  const bytes = await readBody(request)
  scanJson(bytes)
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown
  } catch {
    throw new HttpProblem(
      400,
      "body/not_json",
      "The body is not JSON in UTF-8. Nothing of it was kept; correct it and send it again.",
    )
  }
}

/**
 * Refuses a value that is too deep, too wide or carries a magic key, before any code that copies by key sees it. It goes no deeper than the
 * limit: a nest of a million brackets does not meet the stack.
 */
export const checkShape = (input: unknown): { readonly ok: true } | Refusal => {
  const count = { members: 0 }
  return flawOf(input, 0, count) ?? fine
}

const fine = { ok: true } as const

const flawOf = (value: unknown, depth: number, count: { members: number }): Refusal | undefined => {
  if (typeof value === "string" && value.length > limits.textLength) {
    return refuse("shape/text_too_long", `A text holds at most ${limits.textLength} characters. Shorten it.`)
  }
  if (typeof value !== "object" || value === null) return undefined
  if (depth >= limits.depth) return refuse("shape/too_deep", `A value nests at most ${limits.depth} deep. Flatten it.`)
  // What JSON.parse made has no inherited members.
  for (const name in value) {
    if (++count.members > limits.members) {
      return refuse("shape/too_wide", `A signal holds at most ${limits.members} members. Split it.`)
    }
    if (magicKeys.has(name)) {
      return refuse("shape/magic_key", "A member is named __proto__, constructor or prototype. Rename it.")
    }
    const flaw = flawOf((value as Readonly<Record<string, unknown>>)[name], depth + 1, count)
    if (flaw) return flaw
  }
  return undefined
}
