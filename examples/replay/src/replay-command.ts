import type { SingleBar } from "cli-progress"
import { findDialogueFiles, readDialogues } from "./read-dialogues.ts"
import { type FileReport, reportToText, toReport } from "./report.ts"
import { runReplay } from "./run-replay.ts"

/** Where the command speaks: results to `out`, all else to `error`. */
export interface Terminal {
  out(line: string): void
  error(line: string): void
  /** Draws progress on stderr; absent where nobody watches. */
  readonly bar?: SingleBar | undefined
}

const usage = "Usage: npm run replay -- <file.jsonl.gz | folder> [--json]"

/** Replays what the arguments name; resolves with the exit code, 2 when there is nothing to replay. */
export const replayCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const json = args.includes("--json")
  const paths = args.filter((arg) => !arg.startsWith("--"))
  const [path] = paths
  if (path === undefined || paths.length > 1) return refuse(terminal, usage)
  const files = await findDialogueFiles(path)
  if (files.length === 0) {
    return refuse(terminal, `There is no dialogue file at "${path}". Give a .jsonl or .jsonl.gz file, or their folder.`)
  }
  const reports: FileReport[] = []
  for (const file of files) {
    const report = await replayFile(file, json ? { ...terminal, bar: undefined } : terminal)
    if (report === undefined) continue
    reports.push(report)
    if (!json) terminal.out(`${reportToText(report)}\n`)
  }
  if (reports.length === 0) return refuse(terminal, `Nothing at "${path}" could be replayed.`)
  if (json) terminal.out(JSON.stringify({ files: reports }))
  return 0
}

const replayFile = async (path: string, terminal: Terminal): Promise<FileReport | undefined> => {
  const leaveOut = (why: string): undefined => {
    terminal.error(`Left out ${path}: ${why}.`)
  }
  const read = await readDialogues(path).catch((problem: Error) => leaveOut(`not readable: ${problem.message}`))
  if (read === undefined) return undefined
  const { file, dataset, dialogues, map } = read
  if (dataset === undefined) return leaveOut("it holds no dialogue")
  if (map === undefined) return leaveOut(`there is no maps/${dataset}.json beside it`)
  terminal.bar?.start(dialogues.length, 0, { file })
  const tally = await runReplay({ map, dialogues, onDialogue: () => terminal.bar?.increment() })
  terminal.bar?.stop()
  return toReport(file, dataset, tally)
}

const refuse = (terminal: Terminal, message: string): number => {
  terminal.error(message)
  return 2
}
