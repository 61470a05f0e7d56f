import { type Refusal, refuse } from "@tellonce/core"
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max"

/** A phone number in E.164. A national number needs the country it is dialled in. Refuses `identity/phone`. */
export const canonicalPhone = (
  value: string,
  defaultCountry: CountryCode | undefined,
): { readonly ok: true; readonly text: string } | Refusal => {
  const number = parsePhoneNumberFromString(value.trim(), {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  })
  // An extension tells apart people behind one number; E.164 would join them.
  if (number?.isValid() && number.ext === undefined) return { ok: true, text: number.number }
  return refuse(
    "identity/phone",
    'This is no phone number one person can be known by. Send it with its country, such as "+49 30 901820", or set identities.defaultCountry.',
  )
}
