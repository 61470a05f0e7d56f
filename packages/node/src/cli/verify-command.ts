import { readFile } from "node:fs/promises"
import { parseHeads } from "../audit/export-heads.ts"
import { verifyAudit } from "../audit/verify-audit.ts"
import { keyList } from "../principal.ts"
import { checkContexts } from "./check-contexts.ts"
import { checkFile } from "./check-file.ts"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { loadConfig, type TellonceConfig } from "./load-config.ts"
import { demandStore, fileIfAny, withStore } from "./open-store.ts"
import { usageError } from "./usage-error.ts"

export const verifyCommand: Command = {
  name: "verify",
  summary:
    "Checks the audit chains, the file, and that every context is what its log makes of it. Stop the service first.",
  usage: `${configUsage} [--heads heads.jsonl]`,
  options: { ...configOption, heads: { type: "string" } },
  async run(call) {
    const config = await loadConfig(textOption(call, "config"))
    await demandStore(config)
    const heads = await readHeads(textOption(call, "heads"), config)
    const report = await verifyStore(config, heads)
    call.say({ text: inLines(report), json: { ...report } })
    return report.ok ? 0 : 1
  },
}

/** All that can be found wrong with a store without knowing what should be in it. */
export const verifyStore = async (config: TellonceConfig, heads: Parameters<typeof verifyAudit>[1] = {}) => {
  const { audit, contexts } = await withStore(config, async (store) => ({
    audit: await verifyAudit(store, heads),
    contexts: await checkContexts(config.context, store),
  }))
  const path = fileIfAny(config.store)
  const file = path === undefined ? undefined : await checkFile(path)
  return { ok: audit.ok && contexts.different === 0 && !file?.length, audit, contexts, ...(file && { file }) }
}

type VerifyReport = Awaited<ReturnType<typeof verifyStore>>

export const inLines = ({ ok, audit, contexts, file }: VerifyReport): string =>
  [
    `audit     ${audit.records} records, ${audit.ok ? "unbroken" : `${audit.faults.length} chains at fault`}`,
    ...audit.faults.map(({ chain, seq, problem }) => `          ${chain} at ${seq}: ${problem}`),
    `contexts  ${contexts.contexts}, ${contexts.different} not as logged`,
    // A store that is no file is its database's own to check.
    ...(file === undefined ? [] : [`file      ${file.length === 0 ? "whole" : file.join("; ")}`]),
    ok ? "All is as it was kept." : "Something was changed or lost.",
  ].join("\n")

/** The last line of a file of exported heads. */
const readHeads = async (path: string | undefined, { keys }: Pick<TellonceConfig, "keys">) => {
  if (path === undefined) return {}
  const line = (await readFile(path, "utf8")).trim().split("\n").at(-1) ?? ""
  const parsed = parseHeads(line, keyList(keys.secret))
  if (parsed) return { heads: parsed.heads }
  throw usageError(`The last line of "${path}" was not signed with a secret key of this configuration.`)
}
