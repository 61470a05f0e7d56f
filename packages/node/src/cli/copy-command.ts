import { type Command, type CommandCall, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { type CopyReport, copyInto } from "./copy/copy-into.ts"
import type { CopySource } from "./copy/copy-source.ts"
import { createProgress } from "./copy/progress.ts"
import { openSqliteSource } from "./copy/sqlite-source.ts"
import { loadConfig, type TellonceConfig } from "./load-config.ts"
import { fileIfAny, openStore, withStore } from "./open-store.ts"
import { usageError } from "./usage-error.ts"

type Store = TellonceConfig["store"]

export const copyCommand: Command = {
  name: "copy",
  summary:
    "Copies everything of one store into another and holds the two against each other. One that was cut off goes on. Stop the services of both first.",
  usage: `[--from sqlite:data/shop.db] [--to postgres://user@host/database] ${configUsage}`,
  options: { ...configOption, from: { type: "string" }, to: { type: "string" } },
  async run(call) {
    const config = await loadConfig(textOption(call, "config"))
    const [from, to] = [storeOf(call, "from", config.store), storeOf(call, "to", config.store)]
    if (from === to || nameOf(from) === nameOf(to))
      throw usageError('Say what from or what to, as two stores: "--from sqlite:data/shop.db".')
    const progress = createProgress(process.stderr.isTTY === true && call.options.json !== true)
    const source = await openSource(from)
    const report = await withStore({ store: to }, (target) =>
      copyInto({ definition: config.context, from: source, to: target, progress }),
    ).finally(() => {
      progress.stop()
      return source.close?.()
    })
    call.say({ text: inLines(report), json: { ...report } })
    return report.ok ? 0 : 1
  },
}

/** The store an option names; the configuration's own where it names none. */
const storeOf = (call: CommandCall, option: "from" | "to", own: Store): Store => {
  const url = textOption(call, option)
  return url === undefined ? own : { url }
}

const nameOf = (store: Store): unknown => fileIfAny(store) ?? ("url" in store ? store.url : store)

const openSource = async (store: Store): Promise<CopySource> => {
  const path = fileIfAny(store)
  return path === undefined ? openStore({ store }) : openSqliteSource(path)
}

const inLines = ({ ok, keys, copied, different, hash, audit, remains }: CopyReport): string =>
  [
    `contexts  ${keys}, ${copied} of them copied now, ${different} not the same on the other side`,
    `hash      ${hash.from} there`,
    `          ${hash.to} here`,
    `audit     ${audit.records} records, ${audit.ok ? "unbroken and the same" : `${audit.faults.length} chains at fault`}`,
    ...(remains ? [] : [noRemains]),
    ok
      ? "The copy holds what the original holds."
      : "The copy is not the original. Run it again; what is there is not copied twice.",
  ].join("\n")

const noRemains =
  "remains   not copied: only a SQLite file tells which single-use names are used, which swept signals came, and what is to be sent"
