import type { AuditTrail, ContextDefinition, Identity, Millis } from "@tellonce/core"
import { isTellonceError } from "@tellonce/core"
import type { IdentityRules } from "../identity/identity-rules.ts"
import { toCanonicalIdentity } from "../identity/to-canonical-identity.ts"
import { withPersons } from "../identity/with-persons.ts"
import { type Keys, keyList } from "../principal.ts"
import { withEpochs } from "../privacy/with-epochs.ts"
import { createTokens, type TicketGrant, type TokenHolder, type Tokens } from "../tokens.ts"
import { audienceOf } from "./audience.ts"
import type { Access } from "./create-access.ts"
import { createSeal } from "./create-seal.ts"
import { createIdentityTokens, type IdentityKey } from "./identity-tokens.ts"
import { createKeyRing } from "./key-ring.ts"
import { createRevocations, type Revocations } from "./revocations.ts"
import { createSigner, type Signer } from "./signer.ts"

/** All by which a caller is known. */
export interface Credentials {
  readonly signer: Signer
  readonly tokens: Tokens
  readonly revocations: Revocations
  /** Whose token this is; undefined for one that is none, of an agent no longer registered, revoked, or from before an erasure. */
  holderOf(token: string): Promise<TokenHolder | undefined>
}

export const createCredentials = (options: {
  readonly definition: ContextDefinition
  readonly keys: Keys
  readonly access: Access
  readonly identityKeys?: readonly IdentityKey[] | undefined
  readonly tenant?: string | undefined
  readonly identities: IdentityRules
  /** The epoch a new token of this identity carries. */
  readonly epochOf: (identity: Identity) => Promise<number>
  readonly store: AuditTrail
  readonly clock: () => Millis
}): Credentials => {
  const { definition, keys, access, identities, identityKeys = [], tenant, clock } = options
  const secrets = keyList(keys.secret)
  const audience = audienceOf(definition, tenant)
  const signer = createSigner({ secrets, audience, clock })
  const verifyIdentity = createIdentityTokens({ keys: identityKeys, audience, clock })
  const tickets = createSeal<TicketGrant>({ purpose: "ticket", keys: createKeyRing(secrets), audience, clock })
  const signed = createTokens({ signer, access, verifyIdentity, tickets })
  const tokens = withPersons(withEpochs(signed, options.epochOf), identities)
  const revocations = createRevocations({
    trail: options.store,
    keys,
    canonical: (identity) => toCanonicalIdentity(identities, identity),
    clock,
  })
  return {
    signer,
    tokens,
    revocations,
    async holderOf(token) {
      try {
        const holder = await tokens.verify(token)
        if (holder) await revocations.demandStanding(holder)
        const isErased = holder && "identity" in holder && holder.epoch < (await options.epochOf(holder.identity))
        return isErased ? undefined : holder
      } catch (thrown) {
        if (isTellonceError(thrown) && thrown.code.startsWith("access/")) return undefined
        throw thrown
      }
    },
  }
}
