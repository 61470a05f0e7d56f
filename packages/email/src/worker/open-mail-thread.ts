import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import { type Millis, type Refusal, refuse, TellonceError } from "@tellonce/core"
import type { ReadMail } from "../parse/read-mail.ts"

/** A thread that reads one mail at a time. A mail that stalls or kills it is refused, and the next one gets a new thread. */
export interface MailThread {
  read(raw: Uint8Array | string): Promise<ReadMail>
  close(): Promise<void>
}

export interface MailThreadOptions {
  /** The file the thread runs. */
  readonly file: URL | string
  readonly deadline: Millis
  /** MB of heap. */
  readonly memory: number
}

export const openMailThread = (options: MailThreadOptions): MailThread => {
  let current: Promise<Worker> | undefined
  const end = async () => {
    const worker = await current?.catch(() => undefined)
    current = undefined
    await worker?.terminate()
  }
  return {
    async read(raw) {
      current ??= startWorker(options)
      const worker = await current.catch((cause: unknown) => {
        current = undefined
        throw noThread(cause)
      })
      const answer = await ask(worker, raw, options.deadline)
      if (answer === undefined) await end()
      return answer ?? stalled()
    },
    close: end,
  }
}

const startWorker = ({ file, memory }: MailThreadOptions): Promise<Worker> => {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memory }, ...fromSource() })
  return new Promise((resolve, reject) => {
    worker.once("error", reject)
    worker.once("message", () => {
      worker.removeListener("error", reject)
      // What it dies of while it has no mail shows when the next one is given to it.
      worker.on("error", () => undefined)
      worker.unref()
      resolve(worker)
    })
  })
}

/** Undefined when the thread gave none in time, or died of the mail. */
const ask = (worker: Worker, raw: Uint8Array | string, deadline: Millis): Promise<ReadMail | undefined> =>
  new Promise((resolve) => {
    const settle = (answer?: ReadMail) => {
      clearTimeout(timer)
      worker.removeListener("message", settle)
      worker.removeListener("exit", onExit)
      worker.unref()
      resolve(answer)
    }
    const onExit = () => settle()
    const timer = setTimeout(settle, deadline)
    worker.ref()
    worker.on("message", settle)
    worker.on("exit", onExit)
    worker.postMessage(raw)
  })

const stalled = (): Refusal =>
  refuse("mail/stalled", "Reading the mail took too long or too much memory. Send it as plain text.")

const noThread = (cause: unknown): TellonceError =>
  new TellonceError(
    "mail/no_thread",
    'The thread that reads mails did not start. If a bundler moved the code, pass { file } with the path of "@tellonce/email/worker".',
    { cause },
  )

/** From source, as the house's own tests and examples run it, the thread needs what reads TypeScript. */
const fromSource = () => {
  if (!import.meta.url.endsWith(".ts")) return {}
  const api = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm/api")).href
  const teach = `import tsx from ${JSON.stringify(api)}; tsx.register()`
  return {
    execArgv: ["--conditions=@tellonce/source", "--import", `data:text/javascript,${encodeURIComponent(teach)}`],
  }
}
