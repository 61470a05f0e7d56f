import type { ContextDefinition, Millis } from "@tellonce/core"
import type { AccessPolicy, Agent } from "../access/access-policy.ts"
import { service } from "../access/purpose.ts"

/** One purpose of the register of processing, as Article 30 of the GDPR asks for it. */
export interface ProcessingRecord {
  readonly purpose: string
  /** Is the customer asked? The service itself needs no consent. */
  readonly needsConsent: boolean
  /** Names of the fields that serve it. */
  readonly categories: readonly string[]
  readonly recipients: readonly (Pick<Agent, "id" | "kind" | "owner" | "channel"> & {
    readonly reads: readonly string[]
  })[]
  /** Per field, in milliseconds; null for what is kept until it is erased. */
  readonly retention: Readonly<Record<string, Millis | null>>
}

/** The register of processing, from the configuration alone: what is not in it is not processed. */
export const createRecords = (
  { fields }: ContextDefinition,
  { agents = [], purposes = {} }: AccessPolicy = {},
): readonly ProcessingRecord[] => {
  const servedBy = (field: string) => (Object.hasOwn(purposes, field) ? (purposes[field] ?? []) : [service])
  const names = Object.keys(fields)
  const all = [...new Set([service, ...names.flatMap(servedBy)])]
  return all.map((purpose) => {
    const categories = names.filter((field) => servedBy(field).includes(purpose))
    const recipients = agents
      .filter((agent) => agent.purposes.includes(purpose))
      .map(({ id, kind, owner, channel, reads }) => ({
        id,
        kind,
        owner,
        channel,
        reads: categories.filter((field) => reads === "all" || reads.includes(field)),
      }))
      .filter(({ reads }) => reads.length > 0)
    const retention = Object.fromEntries(categories.map((field) => [field, finite(fields[field]?.keepFor)]))
    return { purpose, needsConsent: purpose !== service, categories, recipients, retention }
  })
}

const finite = (keepFor: Millis | undefined): Millis | null =>
  keepFor !== undefined && Number.isFinite(keepFor) ? keepFor : null
