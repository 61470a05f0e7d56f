import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"

export interface ServiceProcess {
  readonly url: string
  /** kill -9: no handler runs, nothing is flushed on the way out. */
  kill(): Promise<void>
  /** Has the service remove all it keeps of an identity. */
  sweep(key: string): Promise<{ readonly swept: boolean; readonly reason?: string }>
}

export interface StartOptions {
  readonly program: string
  readonly data: string
  readonly env?: NodeJS.ProcessEnv
  /** Run under this command, such as a tracer. */
  readonly under?: readonly string[]
}

/** Rejects with what the process said when it ends before it is ready. */
export const startService = async ({ program, data, env, under = [] }: StartOptions): Promise<ServiceProcess> => {
  const [command = process.execPath, ...args] = [...under, process.execPath, "--enable-source-maps", program]
  const child = spawn(command, args, {
    env: { ...process.env, ...env, DATA: data },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // A group of its own: the tracer and what it traces end together.
    detached: true,
  })
  const killGroup = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL")
  }
  process.once("exit", killGroup)
  const ended = once(child, "exit").finally(() => process.off("exit", killGroup))
  const url = await untilReady(child)
  return {
    url,
    async kill() {
      killGroup()
      await ended
    },
    async sweep(key) {
      child.send({ sweep: key })
      const [said] = await once(child, "message")
      return said as { readonly swept: boolean }
    },
  }
}

const untilReady = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ""
    child.stdout?.on("data", (chunk) => {
      said += String(chunk)
      const url = /^ready (http:\S+)$/m.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.stderr?.on("data", (chunk) => (said += String(chunk)))
    child.once("exit", (code) => reject(new Error(`The service ended (${code}) before it was ready: ${said}`)))
  })
