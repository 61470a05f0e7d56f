import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"

/** Processors by their numbers, as `taskset` takes them. */
export interface Cores {
  readonly service: string
  readonly sender: string
}

/**
 * The last processor for the sender, the others for the service: what the one does then takes nothing from the other. Undefined where
 * there is only one, or where the system cannot be asked for that.
 */
export const splitCores = (): Cores | undefined => {
  if (spawnSync("taskset", ["--version"]).error) return undefined
  const [sender, ...others] = allowedCores().reverse()
  return sender === undefined || others.length === 0 ? undefined : { service: others.join(","), sender: `${sender}` }
}

const allowedCores = (): number[] => {
  const status = readFileSync("/proc/self/status", "utf8")
  return coresOf(/^Cpus_allowed_list:\s+(.+)$/m.exec(status)?.[1] ?? "")
}

/** `0-2,5` as Linux writes it. */
export const coresOf = (list: string): number[] =>
  [...list.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at),
  )

/** The command that runs Node with this on these cores; on any without them. */
export const nodeOn = (cores: string | undefined, args: readonly string[]): readonly [string, readonly string[]] =>
  cores === undefined ? [process.execPath, args] : ["taskset", ["-c", cores, process.execPath, ...args]]
