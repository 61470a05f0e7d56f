import cliProgress from "cli-progress"
import { replayCommand } from "./replay-command.ts"

// Draws once a minute where stderr is no terminal: a long run in a log still shows that it lives.
const bar = new cliProgress.SingleBar({
  format: "{file} {bar} {value}/{total} dialogues",
  stream: process.stderr,
  noTTYOutput: true,
  notTTYSchedule: 60_000,
  clearOnComplete: true,
})

process.exitCode = await replayCommand(process.argv.slice(2), { out: console.log, error: console.error, bar })
