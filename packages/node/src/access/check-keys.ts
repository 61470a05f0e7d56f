import { TellonceError } from "@tellonce/core"
import { type Keys, keyList } from "../principal.ts"

/** Throws `config/keys` unless there is one fitting key of each kind at least, and none twice. */
export const checkKeys = ({ publishable, secret }: Keys): void => {
  const all = [...keyList(publishable), ...keyList(secret)]
  const fit = every(publishable, /^pk_\S{8,}$/) && every(secret, /^sk_\S{16,}$/) && new Set(all).size === all.length
  if (fit) return
  throw new TellonceError(
    "config/keys",
    'Give keys of your own: { publishable: "pk_…" (8 characters or more), secret: "sk_…" (16 or more, random) }, each one or a list, newest first, none twice.',
  )
}

const every = (keys: Keys["secret"], form: RegExp): boolean =>
  keyList(keys).length > 0 && keyList(keys).every((key) => form.test(key))
