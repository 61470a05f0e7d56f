import { isTellonceError, type Millis, TellonceError } from "@tellonce/core"
import { type DBSchema, type IDBPDatabase, openDB } from "idb"
import type { Unsent } from "./outbox.ts"
import type { StoredVisitor } from "./visitor-store.ts"

interface Schema extends DBSchema {
  outbox: { key: string; value: Unsent }
  visitor: { key: "visitor"; value: StoredVisitor }
}

/** One IndexedDB database, opened at the first use. */
export interface Database {
  /** Runs on the open database. A dead connection, as WebKit leaves them, is reopened once; then, or when nothing answers, it rejects. */
  run<Result>(work: (db: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result>
  close(): void
}

export interface DatabaseOptions {
  readonly name: string
  /** An open or a write that says nothing for this long has failed; some browsers leave one hanging for ever. */
  readonly patience?: Millis
}

export const createDatabase = ({ name, patience = 1_000 }: DatabaseOptions): Database => {
  let opened: Promise<IDBPDatabase<Schema>> | undefined
  const drop = () => {
    opened?.then((db) => db.close()).catch(() => {})
    opened = undefined
  }
  const open = () => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore("outbox", { keyPath: "signal.id" })
        db.createObjectStore("visitor")
      },
      // A newer page wants to upgrade or delete it: let go, and open again when needed.
      blocking: drop,
      terminated: drop,
    })
    return opened
  }
  const once = <Result>(work: (db: IDBPDatabase<Schema>) => Promise<Result>) => within(patience, open().then(work))
  return {
    async run(work) {
      try {
        return await once(work)
      } catch (thrown) {
        drop()
        if (isTellonceError(thrown)) throw thrown
        return once(work)
      }
    },
    close: drop,
  }
}

const within = <Result>(patience: Millis, work: Promise<Result>): Promise<Result> => {
  const silence = async () => {
    // While the page is busy nobody is heard: however long that takes, it counts as one slice.
    for (let slice = 0; slice < 4; slice++) await new Promise((passed) => setTimeout(passed, patience / 4))
    throw new TellonceError("storage/silent", "IndexedDB says nothing.")
  }
  return Promise.race([work, silence()])
}
