import { resolve } from "node:path"
import { isTellonceError } from "@tellonce/core"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { copyServed } from "./copy-served.ts"
import { copyStore } from "./copy-store.ts"
import { isThere } from "./is-there.ts"
import { loadConfig } from "./load-config.ts"
import { demandStore, storeFile } from "./open-store.ts"
import { usageError } from "./usage-error.ts"

export const backupCommand: Command = {
  name: "backup",
  summary:
    "Writes the store into one new file, whole and without gaps. While it is served, its service makes the copy and goes on serving.",
  usage: `--to backup.db [--url http://127.0.0.1:4400] ${configUsage}`,
  options: { ...configOption, to: { type: "string" }, url: { type: "string" } },
  async run(call) {
    const to = textOption(call, "to")
    if (to === undefined) throw usageError('Say where to: "--to backup.db".')
    const config = await loadConfig(textOption(call, "config"))
    const [from, target] = [storeFile(config), resolve(to)]
    if (await isThere(target)) throw usageError(`"${target}" is there already. Name a new file.`)
    await demandStore(config)
    const served = await copyStore(from, target).then(
      () => false,
      async (thrown: unknown) => {
        if (!isTellonceError(thrown) || thrown.code !== "store/locked") throw thrown
        await copyServed(config, { url: textOption(call, "url"), to: target })
        return true
      },
    )
    call.say({ text: `Written to ${target}`, json: { from, to: target, served } })
    return 0
  },
}
