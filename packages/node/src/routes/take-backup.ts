import { createReadStream } from "node:fs"
import { rm } from "node:fs/promises"
import { Readable } from "node:stream"
import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Route } from "../route.ts"

export const takeBackup: Route = {
  method: "POST",
  path: "/v1/backups",
  summary:
    "A copy of the whole store as it is now, while it goes on serving. For a store that is a file; a database server has tools of its own.",
  answers: "The file, as SQLite reads it: everything of everybody",
  async handle({ principal, service }) {
    demand(principal, "backup")
    const { store, audit, onError } = service
    if (store.snapshot === undefined) {
      throw new HttpProblem(409, "backup/no_file", "This store is no file of its own. Use the tools of your database.")
    }
    await audit.note({ principal, action: "backup", outcome: "allowed" })
    const path = await store.snapshot()
    const file = createReadStream(path)
    file.once("close", () => void rm(path, { force: true }).catch(onError))
    return {
      status: 200,
      headers: { "content-type": "application/vnd.sqlite3", "cache-control": "no-store" },
      body: Readable.toWeb(file) as ReadableStream<Uint8Array>,
    }
  },
}
