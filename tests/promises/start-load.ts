import { spawn } from "node:child_process"
import { nodeOn } from "./cores.ts"

export interface LoadOrder {
  readonly port: number
  readonly seconds: number
  /** Signals of a request. */
  readonly signals: number
  /** Requests under way at once, at most. */
  readonly connections: number
  /** Requests a second; without one each connection sends as soon as it was answered. */
  readonly rate?: number
  /** Processors that it has for itself, and then never leaves; any unless told. */
  readonly cores?: string | undefined
  /** Who sends; the service's own backend unless told. */
  readonly credential?: string
  /** Keeps the ids of one run from those of another. */
  readonly run: string
}

export interface LoadReport {
  readonly seconds: number
  readonly sent: number
  readonly accepted: number
  readonly acceptedP50: number
  readonly acceptedP99: number
  readonly refused: number
  readonly refusedP99: number
  /** Answers that are neither 200 nor 429/503 with Retry-After, by status; `broken` had none. */
  readonly odd: Readonly<Record<string, number>>
  /** Due and not sent, as all connections were waiting. */
  readonly unsent: number
  /** From when a request was due to when it was sent. */
  readonly lagP99: number
}

/** Runs the sender in a process of its own, to the end. */
export const startLoad = (program: string, order: LoadOrder): Promise<LoadReport> =>
  new Promise((resolve, reject) => {
    const [command, args] = nodeOn(order.cores, [program, JSON.stringify(order)])
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] })
    let said = ""
    child.stdout.on("data", (chunk) => (said += String(chunk)))
    child.once("error", reject)
    child.once("exit", (code) => {
      if (code === 0) resolve(reportOf(said))
      else reject(new Error(`The sender ended with ${code}.`))
    })
  })

/** JSON has no NaN, and a run may have refused nothing. */
const reportOf = (said: string): LoadReport =>
  JSON.parse(said, (_, value: unknown) => (value === null ? Number.NaN : value)) as LoadReport
