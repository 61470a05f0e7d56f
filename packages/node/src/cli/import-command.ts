import { openAsBlob } from "node:fs"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { throughFrontDoor } from "./front-door.ts"
import { loadConfig } from "./load-config.ts"
import { withService } from "./open-service.ts"
import { usageError } from "./usage-error.ts"

export const importCommand: Command = {
  name: "import",
  summary:
    "Takes in what export wrote, joined with what is known. --reaffirm says why somebody who was erased is back. Stop the service first, or use its API.",
  usage: `--from ada.ndjson [--reaffirm new_contract] ${configUsage}`,
  options: { ...configOption, from: { type: "string" }, reaffirm: { type: "string" } },
  async run(call) {
    const from = textOption(call, "from")
    if (from === undefined) throw usageError('Say what from: "--from ada.ndjson".')
    const config = await loadConfig(textOption(call, "config"))
    const reason = textOption(call, "reaffirm")
    const path = `/v1/import${reason === undefined ? "" : `?reaffirm=${encodeURIComponent(reason)}`}`
    const imported = await withService(config, async (tellonce) => {
      const response = await throughFrontDoor(tellonce, config, { path, method: "POST", body: await openAsBlob(from) })
      return (await response.json()) as Readonly<Record<string, unknown>>
    })
    const { signals, duplicates, same } = imported
    const verdict = same === true ? "The customer is as in the export." : "More is known here than in the export."
    call.say({ text: `${signals} signals taken in, ${duplicates} of them known already. ${verdict}`, json: imported })
    return 0
  },
}
