import { readManifest } from "./manifest.ts"
import { replayMails } from "./replay-mails.ts"
import { reportToText, toReport } from "./report.ts"

/** Where the command speaks: results to `out`, all else to `error`. */
export interface Terminal {
  out(line: string): void
  error(line: string): void
  /** In ms. */
  now(): number
}

const usage = "Usage: npm run replay:mail -- <folder> [--json]"

/** Replays the mails of a folder; resolves with the exit code, 2 when there is nothing to replay. */
export const replayMailCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const [folder, ...more] = args.filter((arg) => !arg.startsWith("--"))
  if (folder === undefined || more.length > 0) return refuse(terminal, usage)
  const entries = readManifest(folder)
  if (entries === undefined || entries.length === 0) {
    return refuse(terminal, `There are no mails at "${folder}". Give a folder with a manifest.json that lists some.`)
  }
  const report = toReport(await replayMails({ folder, entries, now: terminal.now }))
  terminal.out(args.includes("--json") ? JSON.stringify(report) : reportToText(report))
  return 0
}

const refuse = (terminal: Terminal, message: string): number => {
  terminal.error(message)
  return 2
}
