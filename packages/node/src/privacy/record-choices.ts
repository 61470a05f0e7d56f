import type { ContextDefinition, Identity, Json, Millis } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { Access } from "../access/create-access.ts"
import { allowCustomer } from "../allow-customer.ts"
import type { Keep } from "../ingest/keep.ts"
import { keepOne } from "../ingest/keep-one.ts"
import type { Principal } from "../principal.ts"
import type { FindCustomer } from "../read-customer.ts"
import { type Choices, choicesIn } from "./consent-field.ts"
import { consentEvent, consentFieldOf } from "./consent-history.ts"

export interface RecordChoices {
  readonly access: Access
  readonly definition: ContextDefinition
  readonly keep: Keep
  readonly customer: FindCustomer
  readonly clock: () => Millis
}

/** Keeps what the customer chose, with its proof. Answers the choices that count from now on, as far as the caller may read them. */
export const recordChoices = async (
  { access, definition, keep, customer, clock }: RecordChoices,
  principal: Principal,
  {
    identity,
    choices,
    source,
    proof = {},
  }: {
    readonly identity: Identity
    readonly choices: Choices
    readonly source: string
    readonly proof?: { readonly [name: string]: Json | undefined }
  },
): Promise<Choices> => {
  const signal = {
    id: uuid(),
    at: clock(),
    identity,
    authority: principal.kind === "agent" ? "agent" : "customer",
    channel: "consent",
    source,
    facts: { [consentFieldOf(definition)]: choices },
    event: { name: consentEvent, data: proof },
  }
  await keepOne(keep, signal, principal)
  const known = await customer(identity, principal.kind === "visitor")
  const reading = { access, now: clock(), principal, identity, action: "consent" } as const
  return choicesIn(allowCustomer(known, reading).context, clock())
}
