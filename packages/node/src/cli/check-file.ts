import { access } from "node:fs/promises"
import Database from "libsql"

/** What SQLite itself finds wrong with a file; empty when nothing is. Nothing else may have it open. */
export const checkFile = async (path: string): Promise<readonly string[]> => {
  await access(path)
  const database = new Database(path)
  try {
    const rows = database.prepare("PRAGMA integrity_check").all() as readonly { readonly integrity_check: string }[]
    return rows.map(({ integrity_check }) => integrity_check).filter((found) => found !== "ok")
  } finally {
    database.close()
  }
}
