import { type Identity, identityKey } from "@tellonce/core"

/** Who calls the fake service. */
export type FakeCaller =
  | { readonly kind: "publishable" | "secret" }
  | { readonly kind: "visitor" | "customer"; readonly identity: Identity }
  | { readonly kind: "agent"; readonly agent: string }

export type FakeGrant = Exclude<FakeCaller, { kind: "publishable" | "secret" }>

/** Keys and tokens of a service that trusts everyone: any `pk_…` and `sk_…` is known, tokens are shaped like JWTs and signed by nobody. */
export interface FakeAccess {
  issue(grant: FakeGrant): string
  /** From now on it is answered with 401. */
  revoke(token: string): void
  caller(authorization: string | null): FakeCaller | undefined
}

export const createFakeAccess = (): FakeAccess => {
  const issued = new Map<string, FakeGrant>()
  return {
    issue(grant) {
      const sub = grant.kind === "agent" ? grant.agent : identityKey(grant.identity)
      const token = `${encode({ alg: "none" })}.${encode({ ...grant, sub })}.${issued.size + 1}`
      issued.set(token, grant)
      return token
    },
    revoke(token) {
      issued.delete(token)
    },
    caller(authorization) {
      const credential = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? ""
      if (credential.startsWith("pk_")) return { kind: "publishable" }
      if (credential.startsWith("sk_")) return { kind: "secret" }
      return issued.get(credential)
    },
  }
}

const encode = (part: object): string =>
  btoa(JSON.stringify(part)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
