import type { ParseArgsConfig } from "node:util"

/** What a command was called with. */
export interface CommandCall {
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  /** Text for a person; with `--json` the same as one object for a program. */
  say(report: Report): void
  /** Resolves when the process is told to stop. */
  untilStopped(): Promise<void>
}

export interface Report {
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

export interface Command {
  readonly name: string
  readonly summary: string
  /** What comes after the name in the help. */
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig["options"]>
  /** Answers the exit code: 0 when all went well, 1 when something is wrong with what was looked at. */
  run(call: CommandCall): Promise<number>
}

/** The option's value. */
export const textOption = ({ options }: CommandCall, name: string): string | undefined => {
  const value = options[name]
  return typeof value === "string" ? value : undefined
}
