import { Worker } from "node:worker_threads"
import { TellonceError } from "@tellonce/core"

/** The thread that owns the database file. It has one message at work at a time. */
export interface SqliteThread {
  /** Runs `work` when all earlier work is done: a transaction spans several calls and nothing may come between. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  /** Rejects with `store/failed` when SQLite refuses or the thread has ended. */
  call<Answer = void>(message: { readonly operation: string; readonly [member: string]: unknown }): Promise<Answer>
  close(): Promise<void>
}

type Reply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly code?: string; readonly text: string }

export const openSqliteThread = async (path: string): Promise<SqliteThread> => {
  const worker = new Worker(new URL("./sqlite-worker.mjs", import.meta.url), { workerData: { path } })
  let settle: { resolve: (answer: unknown) => void; reject: (reason: unknown) => void } | undefined
  let ended: TellonceError | undefined
  let lane: Promise<unknown> = Promise.resolve()

  const reply = () => new Promise<unknown>((resolve, reject) => (settle = { resolve, reject }))
  worker.on("message", (message: Reply) =>
    message.ok ? settle?.resolve(message.answer) : settle?.reject(failure(message.code, message.text)),
  )
  const end = (reason: TellonceError) => {
    ended ??= reason
    settle?.reject(ended)
  }
  worker.on("error", (thrown: Error & { code?: string }) => end(openFailure(path, thrown)))
  worker.on("exit", () => end(failure("exit", "its thread has ended")))
  await reply()

  return {
    exclusively(work) {
      const turn = lane.then(work)
      lane = turn.catch(() => undefined)
      return turn
    },
    async call<Answer>(message: { readonly operation: string }) {
      if (ended) throw ended
      worker.postMessage(message)
      return (await reply()) as Answer
    },
    async close() {
      if (ended) return
      worker.postMessage({ operation: "close" })
      await reply()
      ended = failure("closed", "it was closed")
      await worker.terminate()
    },
  }
}

const failure = (code: string | undefined, text: string) =>
  new TellonceError(
    "store/failed",
    `The store could not do this (${code ?? "unknown"}: ${text}). Nothing of it was kept; try again.`,
  )

const openFailure = (path: string, thrown: Error & { code?: string }) =>
  thrown.code === "SQLITE_BUSY" || /locked/.test(thrown.message)
    ? new TellonceError(
        "store/locked",
        `"${path}" is open in another process. Stop that one, or give this one a file of its own.`,
        { cause: thrown },
      )
    : new TellonceError("store/open", `"${path}" cannot be opened as a store: ${thrown.message}.`, { cause: thrown })
