import type { Identity } from "@tellonce/core"
import type { StoredVisitor } from "../kept/visitor-store.ts"

/** The visitor the service has made. Undefined for what is none. */
export const parseVisitor = ({ identity, token }: Readonly<Record<string, unknown>>): StoredVisitor | undefined => {
  const { kind, value } = (identity ?? {}) as Partial<Identity>
  if (typeof kind !== "string" || typeof value !== "string" || typeof token !== "string") return undefined
  return { identity: { kind, value }, token }
}
