import { TellonceError } from "@tellonce/core"
import { sameSecret } from "./same-secret.ts"

/** User and password as they stand in the address you give the provider: `https://user:password@…`. */
export interface BasicAuth {
  readonly user: string
  readonly password: string
}

export const checkBasicAuth = ({ user, password }: BasicAuth): void => {
  if (user === "" || user.includes(":") || password.length < 16)
    throw new TellonceError("mail/webhook_secret", "A webhook needs a user and a password of at least 16 characters.")
}

export const hasBasicAuth = (headers: Headers, { user, password }: BasicAuth): boolean => {
  const [, sent = ""] = /^basic +([a-z0-9+/=]{1,1000})$/i.exec(headers.get("authorization") ?? "") ?? []
  return sameSecret(Buffer.from(sent, "base64").toString("utf8"), `${user}:${password}`)
}
