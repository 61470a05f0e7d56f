import type { Programs } from "./build-programs.ts"
import { type ServiceProcess, startProcess } from "./start-process.ts"

/** How much of everything: a whole run, or a tiny one that only shows that the parts run. */
export interface Sizes {
  readonly liveSeconds: number
  /** Changes in the longest gap that is replayed. */
  readonly window: number
  readonly stalledStreams: number
  /** Said to each of their customers while they stand still, of some 800 kB each. */
  readonly stalledSayings: number
  /** Whether to wait for stalled readers to be cut. */
  readonly untilCut: boolean
  /** Whether to parse hostile mails, too, which takes some seconds. */
  readonly mails: boolean
  readonly overloadSeconds: number
  readonly overloadRounds: number
  readonly comparedReads: number
  readonly neighbourSeconds: number
  readonly signalsInFile: number
  readonly soakMinutes: number
}

export const fullSizes = (soakMinutes: number): Sizes => ({
  liveSeconds: 10,
  window: 10_000,
  stalledStreams: 200,
  stalledSayings: 8,
  untilCut: true,
  mails: true,
  overloadSeconds: 5,
  overloadRounds: 4,
  comparedReads: 400,
  neighbourSeconds: 5,
  signalsInFile: 1_000_000,
  soakMinutes,
})

export interface Setup {
  readonly programs: Programs
  readonly sizes: Sizes
  /** A new file for a store, in a directory that is removed at the end. */
  newFile(): string
  say(line: string): void
}

/** `tellonce serve` on this file, in a process of its own, on these processors where told. */
export const serveFile = ({ programs }: Setup, file: string, cores?: string): Promise<ServiceProcess> =>
  startProcess([programs.tellonce, "serve", "--config", programs.config, "--port", "0"], { DATA: file }, cores)

/** Does this with the service on a new file, and ends it whatever happens. */
export const withService = async <Result>(
  setup: Setup,
  work: (service: ServiceProcess) => Promise<Result>,
  cores?: string,
): Promise<Result> => {
  const service = await serveFile(setup, setup.newFile(), cores)
  try {
    return await work(service)
  } finally {
    await service.end("SIGKILL")
  }
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
