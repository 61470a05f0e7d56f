import type { Connection } from "../../store/sqlite-driver.mjs"
import type { Remains, SweptSignal, UsedName, WaitingOutgoing } from "./copy-source.ts"

const page = 500

/** What a store's file keeps beside what its port gives, a page at a time. */
export const createSqliteRemains = (database: Connection): Remains => {
  const rows = (sql: string, ...bound: readonly unknown[]): readonly unknown[] => database.prepare(sql).all(...bound)
  return {
    *swept() {
      let after = ["", "", ""]
      for (;;) {
        const found = rows(sweptSql, ...after, page) as readonly (Omit<SweptSignal, "isLogged"> & { logged: number })[]
        if (found.length > 0)
          yield found.map(({ key, source, id, received, logged }) => ({
            ...{ key, source, id, received },
            isLogged: logged === 1,
          }))
        const last = found.at(-1)
        if (last === undefined || found.length < page) return
        after = [last.key, last.source, last.id]
      }
    },
    *names() {
      for (let after = ""; ; ) {
        const found = rows("SELECT name, until FROM once WHERE name > ? ORDER BY name LIMIT ?", after, page)
        const names = (found as readonly UsedName[]).map(({ name, until }) => ({ name, until }))
        if (names.length > 0) yield names
        const last = names.at(-1)
        if (last === undefined || names.length < page) return
        after = last.name
      }
    },
    *waiting() {
      for (let after = 0; ; ) {
        const found = rows(waitingSql, after, page) as readonly OutboxRow[]
        if (found.length > 0) yield found.map(toWaiting)
        const last = found.at(-1)
        if (last === undefined || found.length < page) return
        after = last.place
      }
    },
  }
}

const sweptSql = `
  SELECT seen.key, source, id, seen.received, signal.seq IS NOT NULL AS logged
  FROM seen LEFT JOIN signal ON signal.seq = seen.seq
  WHERE (swept = 1 OR signal.seq IS NULL) AND (seen.key, source, id) > (?, ?, ?)
  ORDER BY seen.key, source, id LIMIT ?`

const waitingSql =
  'SELECT place, receiver AS "to", id, at, body, key, due FROM outbox WHERE place > ? ORDER BY place LIMIT ?'

interface OutboxRow extends Omit<WaitingOutgoing, "key" | "due"> {
  readonly place: number
  readonly key: string | null
  readonly due: number | null
}

const toWaiting = ({ to, id, at, body, key, due }: OutboxRow): WaitingOutgoing => ({
  ...{ to, id, at, body },
  ...(key !== null && { key }),
  ...(due !== null && { due }),
})
