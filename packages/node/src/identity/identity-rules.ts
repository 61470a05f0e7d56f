import { type Identity, type Refusal, refuse } from "@tellonce/core"
import type { CountryCode } from "libphonenumber-js/max"
import { canonicalEmail } from "./canonical-email.ts"
import { canonicalPhone } from "./canonical-phone.ts"
import { isNobody } from "./is-nobody.ts"
import { safeText } from "./safe-text.ts"

export interface IdentityOptions {
  /** Kinds of which a customer has one value at most: two are never joined. `["user"]` unless told. */
  readonly unique?: readonly string[]
  /** How many identities of a kind one customer may have. Email and phone 5, device 20, anonymous 30, any other 10 unless told. */
  readonly caps?: Readonly<Record<string, number>>
  /** Values that name nobody, beside `null`, `anonymous`, `-1` and their like. */
  readonly blocked?: readonly string[]
  /** Where phone numbers without a country are dialled: "DE". */
  readonly defaultCountry?: CountryCode
}

/** How this service knows people. */
export interface IdentityRules {
  /** The identity as it is stored and looked up; the same object when it was so already. The one place where it is decided. */
  canonical(identity: Identity): { readonly ok: true; readonly identity: Identity } | Refusal
  /** Of a canonical identity: does it name nobody? */
  isBlocked(identity: Identity): boolean
  readonly unique: ReadonlySet<string>
  capOf(kind: string): number
}

const usualCaps = { email: 5, phone: 5, device: 20, anonymous: 30 }
const otherCap = 10
/** What was stated of an address nobody has proven is kept under a kind of its own, written alike. */
const unproven = "unproven."

export const createIdentityRules = (options: IdentityOptions = {}): IdentityRules => {
  const { unique = ["user"], blocked = [], defaultCountry } = options
  const caps = new Map(Object.entries({ ...usualCaps, ...options.caps }))
  const more = new Set(blocked.map((value) => value.normalize("NFC").trim().toLowerCase()))
  const uniqueKinds = new Set(unique)
  const textOf = (kind: string, value: string) => {
    if (kind === "email") return canonicalEmail(value)
    return kind === "phone" ? canonicalPhone(value, defaultCountry) : safeText(value)
  }
  return {
    canonical(identity) {
      const result = textOf(provenKind(identity.kind), identity.value)
      if (!result.ok) return result
      if (result.text === "") return nobody()
      return { ok: true, identity: result.text === identity.value ? identity : { ...identity, value: result.text } }
    },
    isBlocked: ({ kind, value }) => isNobody(value, more, provenKind(kind) === "email"),
    unique: uniqueKinds,
    capOf: (kind) => (uniqueKinds.has(kind) ? 1 : (caps.get(kind) ?? otherCap)),
  }
}

const provenKind = (kind: string): string => (kind.startsWith(unproven) ? kind.slice(unproven.length) : kind)

export const nobody = (): Refusal =>
  refuse(
    "identity/blocked",
    "This value names nobody, so all who have it would become one customer. Send nothing while you do not know who it is.",
  )
