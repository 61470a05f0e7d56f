import type { AuditNote, Json } from "@tellonce/core"
import type { Act } from "./act.ts"

/**
 * What is kept of an act: names of agents and fields, hashes of customers, codes; no word of a customer's. Only the definition's fields are
 * written by name, for a name in a request may be anything.
 */
export const toEntry = (act: Act, subjects: readonly string[], fields: ReadonlySet<string>): AuditNote["entry"] => {
  const named = act.fields?.filter((field) => fields.has(field) || field.startsWith("$"))
  const unnamed = (act.fields?.length ?? 0) - (named?.length ?? 0)
  return {
    by: nameOfPrincipal(act.principal),
    action: act.action,
    outcome: act.outcome,
    ...(subjects.length > 0 && { subjects }),
    ...(named && named.length > 0 && { fields: [...new Set(named)].sort() }),
    ...(unnamed > 0 && { unknownFields: unnamed }),
    ...(act.purpose !== undefined && { purpose: isCode(act.purpose) ? act.purpose : "unknown" }),
    ...(act.age && { age: { ...act.age } }),
    ...(act.principal.request !== undefined && { request: act.principal.request }),
    ...(act.detail && codesOf(act.detail)),
  }
}

export const nameOfPrincipal = (principal: Act["principal"]): string =>
  principal.kind === "agent" ? `agent:${principal.agent}` : principal.kind

const codesOf = (detail: NonNullable<Act["detail"]>): { readonly detail: Readonly<Record<string, Json>> } => ({
  detail: Object.fromEntries(
    Object.entries(detail).flatMap(([name, value]) => (value !== undefined && isTelling(value) ? [[name, value]] : [])),
  ),
})

const isTelling = (value: Json): boolean =>
  typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && isCode(value))

/** `access/denied`, `signal.too_old`, a UUID, a hash: what code makes. An address, a number to call or a sentence is none of these. */
const isCode = (text: string): boolean =>
  /^[a-z$][a-z0-9_$]*([./-][a-z0-9_$]+)*$|^[0-9a-f-]{32,64}$/i.test(text) && text.length <= 64
