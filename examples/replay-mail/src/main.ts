import { replayMailCommand } from "./replay-mail-command.ts"

process.exitCode = await replayMailCommand(process.argv.slice(2), {
  out: console.log,
  error: console.error,
  now: () => performance.now(),
})
