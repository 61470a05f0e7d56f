import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { nodeOn } from "./cores.ts"

export interface ServiceProcess {
  readonly url: string
  readonly port: number
  /** Megabytes of memory it holds now; NaN where the system does not say. */
  memory(): number
  /** Files and sockets it has open; NaN where the system does not say. */
  fds(): number
  /** Resolves with the exit code, null when it was killed. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>
}

/** Starts a program of Node, on these processors where told, that says where it listens. Rejects with what it said when it ends before that. */
export const startProcess = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cores?: string,
): Promise<ServiceProcess> => {
  const child = spawn(...nodeOn(cores, args), {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const kill = () => void (isRunning() && child.kill("SIGKILL"))
  process.once("exit", kill)
  const ended = once(child, "exit").finally(() => process.off("exit", kill))
  const url = await urlOf(child)
  return {
    url,
    port: Number(new URL(url).port),
    memory: () => memoryOf(child.pid),
    fds: () => orNaN(() => readdirSync(`/proc/${child.pid}/fd`).length),
    async end(signal) {
      if (isRunning()) child.kill(signal)
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}

const urlOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ""
    const hear = (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-4_000)
      const url = /(http:\/\/[\d.:]+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", (chunk) => (said = (said + String(chunk)).slice(-4_000)))
    child.once("exit", (code) => reject(new Error(`The process ended (${code}) before it was ready: ${said}`)))
  })

/** Linux says it; elsewhere the promise is not shown, which is no pass. */
const memoryOf = (pid: number | undefined): number =>
  orNaN(() => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024)

const orNaN = (read: () => number): number => {
  try {
    return read()
  } catch {
    return Number.NaN
  }
}
