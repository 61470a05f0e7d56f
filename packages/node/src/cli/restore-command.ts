import { mkdir, rename, rm } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { copyStore } from "./copy-store.ts"
import { isThere } from "./is-there.ts"
import { loadConfig } from "./load-config.ts"
import { withService } from "./open-service.ts"
import { storeFile } from "./open-store.ts"
import { usageError } from "./usage-error.ts"
import { inLines, verifyStore } from "./verify-command.ts"

export const restoreCommand: Command = {
  name: "restore",
  summary:
    "Puts a backup where the store is to be, erases again whoever was erased since, and checks all of it. Stop the service first and move its old store away.",
  usage: `--from backup.db ${configUsage}`,
  options: { ...configOption, from: { type: "string" } },
  async run(call) {
    const from = textOption(call, "from")
    if (from === undefined) throw usageError('Say what from: "--from backup.db".')
    const config = await loadConfig(textOption(call, "config"))
    const store = storeFile(config)
    if (await isThere(store)) throw usageError(`There is a store at "${store}". Move it away first.`)
    if (!(await isThere(resolve(from)))) throw usageError(`There is no file "${from}".`)
    await mkdir(dirname(store), { recursive: true })
    // Under another name until those who were erased are out of it: a service started too early must not find it.
    const beside = { ...config, store: { path: `${store}.restoring` } }
    await removeStore(beside.store.path)
    await copyStore(resolve(from), beside.store.path)
    await withService(beside, async () => undefined)
    const report = await verifyStore(beside)
    if (report.ok) {
      await rename(beside.store.path, store)
      await removeStore(beside.store.path)
    }
    const ledger = config.erasures !== undefined
    call.say({
      text: `${inLines(report)}\n${report.ok ? `Restored to ${store}.` : `Left at ${beside.store.path}.`}${ledger ? "" : noLedger}`,
      json: { ...report, ledger, store: report.ok ? store : beside.store.path },
    })
    return report.ok ? 0 : 1
  },
}

const noLedger =
  '\nThe configuration has no "erasures" ledger: whoever was erased after this backup was made is in it again. Erase them anew.'

/** The file and what SQLite keeps beside it. */
const removeStore = async (path: string): Promise<void> => {
  for (const suffix of ["", "-wal", "-shm", "-reserve", "-journal"]) await rm(`${path}${suffix}`, { force: true })
}
