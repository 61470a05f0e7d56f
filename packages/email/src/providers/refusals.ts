import { type Refusal, refuse } from "@tellonce/core"

export const unsigned = (): Refusal =>
  refuse(
    "mail/unverified",
    "The provider's signature or password is missing or wrong. Compare it with your settings there.",
  )

export const stale = (): Refusal =>
  refuse("mail/stale", "The delivery was signed too long ago, or in the future. Check this server's clock.")

export const malformed = (): Refusal =>
  refuse(
    "mail/malformed",
    "This is not what the provider sends. Compare the settings of its webhook with the documentation.",
  )
