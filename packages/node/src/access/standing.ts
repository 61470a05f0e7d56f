import type { Context, Signal } from "@tellonce/core"

/**
 * Choices that are no purposes. They are kept, merged and proven as consents are, so that of two the stricter counts: `$processing` denied is
 * a customer whose data is kept and not used (GDPR 18), `$adult` denied is a minor, for whom no purpose beyond the service is granted.
 */
export const processing = "$processing"
export const adult = "$adult"

/** Is any of them in the context? Nearly always not, and then nothing has to be read. */
export const hasStanding = ({ entries, definition }: Context, consentFields: readonly string[]): boolean =>
  consentFields.some((field) =>
    (entries[definition.placeOf.get(field)?.index ?? -1] ?? []).some(({ value }) =>
      (value as { readonly purpose?: string } | undefined)?.purpose?.startsWith("$"),
    ),
  )

/** Does this signal say that the customer is of age? No page can know it. */
export const claimsAge = ({ facts = {} }: Signal): boolean =>
  Object.values(facts).some(
    (fact) => typeof fact === "object" && fact !== null && (fact as Record<string, unknown>)[adult] === "granted",
  )
