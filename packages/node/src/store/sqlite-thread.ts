import { Worker } from "node:worker_threads"
import type { TellonceError } from "@tellonce/core"
import { openFailure, storeEnd, storeFailure } from "./store-failure.ts"

/** The thread that owns the database file. It takes one message after the other, in the order they were sent. */
export interface SqliteThread {
  /** Runs `work` when all earlier work is done: a transaction spans several calls and nothing may come between. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  /** Other work waits for what is under way to be done. */
  isWanted(): boolean
  /** Rejects with `store/full` on a full disk, and with `store/failed` when SQLite refuses or the thread has ended. */
  call<Answer = void>(message: { readonly operation: string; readonly [member: string]: unknown }): Promise<Answer>
  close(): Promise<void>
}

export interface SqliteThreadOptions {
  readonly path: string
  /** Bytes. */
  readonly reserve: number
  readonly onFatal: (failure: TellonceError) => void
}

type Reply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly fatal: boolean; readonly code?: string; readonly text: string }

export const openSqliteThread = async ({ path, reserve, onFatal }: SqliteThreadOptions): Promise<SqliteThread> => {
  const worker = new Worker(new URL("./sqlite-worker.mjs", import.meta.url), { workerData: { path, reserve } })
  /** Those who wait for an answer, in the order of their messages. */
  let callers: { readonly resolve: (answer: unknown) => void; readonly reject: (reason: unknown) => void }[] = []
  let ended: TellonceError | undefined
  let lane: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const reply = () => new Promise<unknown>((resolve, reject) => callers.push({ resolve, reject }))
  const end = (reason: TellonceError) => {
    ended ??= reason
    for (const { reject } of callers) reject(ended)
    callers = []
  }
  worker.on("message", (message: Reply) => {
    if (message.ok) return callers.shift()?.resolve(message.answer)
    if (!message.fatal) return callers.shift()?.reject(storeFailure(message.code, message.text))
    const failure = storeEnd(message.code, message.text)
    end(failure)
    void worker.terminate()
    onFatal(failure)
  })
  worker.on("error", (thrown: Error & { code?: string }) => end(openFailure(path, thrown)))
  worker.on("exit", () => end(storeFailure("exit", "its thread has ended")))
  await reply()

  return {
    exclusively(work) {
      waiting++
      const turn = lane.then(() => {
        waiting--
        return work()
      })
      lane = turn.catch(() => undefined)
      return turn
    },
    isWanted: () => waiting > 0,
    async call<Answer>(message: { readonly operation: string }) {
      if (ended) throw ended
      worker.postMessage(message)
      return (await reply()) as Answer
    },
    async close() {
      if (ended) return
      worker.postMessage({ operation: "close" })
      await reply()
      ended = storeFailure("closed", "it was closed")
      await worker.terminate()
    },
  }
}
