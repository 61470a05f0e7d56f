import { type Command, type CommandCall, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { loadConfig } from "./load-config.ts"
import { fileOfUrl, loadPostgres, openUrl } from "./open-url.ts"
import { usageError } from "./usage-error.ts"

export const migrateCommand: Command = {
  name: "migrate",
  summary:
    "Brings a store to the form this release writes. Several may do it at once, and nodes that serve go on. --role names the login that the nodes use: it is granted what they need and no more.",
  usage: `[--to postgres://owner@host/database] [--role tellonce] ${configUsage}`,
  options: { ...configOption, to: { type: "string" }, role: { type: "string" } },
  async run(call) {
    const url = textOption(call, "to") ?? (await urlOfConfig(call))
    if (fileOfUrl(url) === undefined) return migratePostgres(call, url)
    // A file is brought to the present form when it is opened.
    await openUrl(url).then((store) => store.close?.())
    call.say({ text: "The file has the form of this release.", json: { ok: true } })
    return 0
  },
}

const urlOfConfig = async (call: CommandCall): Promise<string> => {
  const { store } = await loadConfig(textOption(call, "config"))
  if (typeof store === "function")
    throw usageError('The configuration makes its store itself. Name it: "--to postgres://owner@host/database".')
  return "url" in store ? store.url : `sqlite:${store.path}`
}

const migratePostgres = async (call: CommandCall, connection: string): Promise<number> => {
  const { migrate } = await loadPostgres()
  const role = textOption(call, "role")
  const { from, to } = await migrate({ connection, ...(role !== undefined && { role }) })
  call.say({
    text: from === to ? `The database has form ${to} already.` : `The database went from form ${from} to ${to}.`,
    json: { ok: true, from, to },
  })
  return 0
}
