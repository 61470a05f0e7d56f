import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { loadConfig } from "./load-config.ts"
import { withService } from "./open-service.ts"
import { demandStore } from "./open-store.ts"
import { readIdentity } from "./read-identity.ts"
import { usageError } from "./usage-error.ts"

export const eraseCommand: Command = {
  name: "erase",
  summary:
    "Removes physically all that is kept of a customer, or of one identity alone. Stop the service first, or use its API.",
  usage: `--identity email:ada@example.com [--scope customer|identity] ${configUsage}`,
  options: { ...configOption, identity: { type: "string" }, scope: { type: "string" } },
  async run(call) {
    const identity = readIdentity(call)
    const scope = textOption(call, "scope") ?? "customer"
    if (scope !== "customer" && scope !== "identity") throw usageError('"--scope" is "customer" or "identity".')
    const config = await loadConfig(textOption(call, "config"))
    await demandStore(config)
    const erased = await withService(config, (tellonce) => tellonce.erase(identity, scope))
    call.say({
      text: `Erased: ${erased.identities} identities. The receipt, which names nobody:\n${erased.receipt}`,
      json: { ...erased },
    })
    return 0
  },
}
