import { parseArgs } from "node:util"
import { isTellonceError } from "@tellonce/core"
import type { Command, CommandCall } from "./command.ts"
import { commands } from "./commands.ts"
import { untilStopped } from "./until-stopped.ts"
import { isUsageError, usageError } from "./usage-error.ts"

export interface Terminal {
  out(line: string): void
  err(line: string): void
}

const stdio: Terminal = { out: (line) => console.log(line), err: (line) => console.error(line) }

/** Runs one command. Answers the exit code: 0 well, 1 something is wrong with what was looked at or done, 2 called wrongly. */
export const run = async (args: readonly string[], terminal: Terminal = stdio): Promise<number> => {
  const [name, ...rest] = args
  const command = commands.find((one) => one.name === name)
  if (command === undefined) {
    const asked = name === undefined || name === "help" || name === "--help"
    if (!asked) terminal.err(`There is no command "${name}".`)
    terminal[asked ? "out" : "err"](overview())
    return asked && name !== undefined ? 0 : 2
  }
  // A store whose idle connections hold nothing open must not let the process end in the middle.
  const hold = setInterval(() => {}, 60_000)
  try {
    return await runCommand(command, rest, terminal)
  } catch (thrown) {
    const { code, message } = described(thrown)
    terminal.err(rest.includes("--json") ? JSON.stringify({ error: { code, message } }) : `${code}: ${message}`)
    return isUsageError(thrown) ? 2 : 1
  } finally {
    clearInterval(hold)
  }
}

const runCommand = (command: Command, args: readonly string[], terminal: Terminal): Promise<number> => {
  const options = readOptions(command, args)
  if (options.help === true) {
    terminal.out(help(command))
    return Promise.resolve(0)
  }
  const say: CommandCall["say"] = ({ text, json }) => terminal.out(options.json === true ? JSON.stringify(json) : text)
  return command.run({ options, say, untilStopped })
}

const common = { help: { type: "boolean", short: "h" }, json: { type: "boolean" } } as const

const readOptions = ({ name, options }: Command, args: readonly string[]): CommandCall["options"] => {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...common }, strict: true })
      .values as CommandCall["options"]
  } catch (thrown) {
    throw usageError(
      `${thrown instanceof Error ? thrown.message : "These options are not known"}. See "tellonce ${name} --help".`,
    )
  }
}

const described = (thrown: unknown): { readonly code: string; readonly message: string } =>
  isTellonceError(thrown)
    ? { code: thrown.code, message: thrown.message }
    : { code: "cli/failed", message: thrown instanceof Error ? thrown.message : "The command failed." }

const overview = (): string => {
  const widest = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`)
  return ["tellonce <command> [options]", "", ...lines, "", '"tellonce <command> --help" says more.'].join("\n")
}

const help = ({ name, usage, summary }: Command): string =>
  [
    `tellonce ${name} ${usage}`,
    "",
    summary,
    "",
    "--json   the answer as one JSON object",
    "--help   this text",
    "",
    "Exit codes: 0 well, 1 something is wrong, 2 called wrongly or a wrong configuration.",
  ].join("\n")
