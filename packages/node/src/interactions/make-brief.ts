import { randomBytes } from "node:crypto"
import { type Brief, brief, briefToMarkdown, briefToPrompt, type Prompt } from "@tellonce/core"
import type { Customer } from "../read-customer.ts"
import type { InteractionParts } from "./interaction-parts.ts"
import { type Reader, seenBy } from "./seen-by.ts"

/** What whoever takes over must know, in three forms. */
export interface Briefing {
  readonly brief: Brief
  readonly markdown: string
  /** For a model; `nonce` marks where the words of others begin and end. */
  readonly prompt: Prompt & { readonly nonce: string }
}

export interface BriefFor {
  readonly customer: Customer
  /** It holds what all of these may read. */
  readonly readers: readonly Reader[]
  readonly matter: string | undefined
  /** The most tokens the prompt may have. */
  readonly budget: number | undefined
}

export const makeBrief = (parts: InteractionParts, { customer, readers, matter, budget }: BriefFor): Briefing => {
  const made = brief(seenBy(parts, customer, readers, matter), { ...parts.brief, actions: parts.actions })
  const nonce = randomBytes(16).toString("hex")
  const prompt = briefToPrompt(made, { nonce, ...(budget !== undefined && { budget }) })
  return { brief: made, markdown: briefToMarkdown(made), prompt: { ...prompt, nonce } }
}
