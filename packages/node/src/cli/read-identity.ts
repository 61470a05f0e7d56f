import { type Identity, parseIdentityKey } from "@tellonce/core"
import { type CommandCall, textOption } from "./command.ts"
import { usageError } from "./usage-error.ts"

/** Whom `--identity kind:value` names. */
export const readIdentity = (call: CommandCall): Identity => {
  const named = textOption(call, "identity") ?? ""
  if (/^[a-z][a-z0-9._-]{0,31}:./.test(named)) return parseIdentityKey(named)
  throw usageError('Say whom: "--identity email:ada@example.com".')
}
