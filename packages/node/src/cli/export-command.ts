import { createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { identityKey } from "@tellonce/core"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { throughFrontDoor } from "./front-door.ts"
import { loadConfig } from "./load-config.ts"
import { withService } from "./open-service.ts"
import { demandStore } from "./open-store.ts"
import { readIdentity } from "./read-identity.ts"
import { usageError } from "./usage-error.ts"

export const exportCommand: Command = {
  name: "export",
  summary:
    "Writes everything that is kept of a customer to a new file, as JSON lines. Stop the service first, or use its API.",
  usage: `--identity email:ada@example.com --to ada.ndjson ${configUsage}`,
  options: { ...configOption, identity: { type: "string" }, to: { type: "string" } },
  async run(call) {
    const identity = readIdentity(call)
    const to = textOption(call, "to")
    if (to === undefined) throw usageError('Say where to: "--to ada.ndjson".')
    const config = await loadConfig(textOption(call, "config"))
    await demandStore(config)
    await withService(config, async (tellonce) => {
      const path = `/v1/export?identity=${encodeURIComponent(identityKey(identity))}`
      const { body } = await throughFrontDoor(tellonce, config, { path })
      const lines = Readable.fromWeb((body ?? new Blob([]).stream()) as Parameters<typeof Readable.fromWeb>[0])
      await pipeline(lines, createWriteStream(to, { flags: "wx", mode: 0o600 }))
    })
    call.say({ text: `Written to ${to}`, json: { to } })
    return 0
  },
}
