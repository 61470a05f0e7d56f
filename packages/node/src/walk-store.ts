import type { LoggedSignal, ServiceStore } from "@tellonce/core"

/** Signals of one page of a log: one may be 64 kB. */
const page = { keys: 200, signals: 500 }

/** All keys of a store in order, a page at a time. */
export async function* walkKeys(store: Pick<ServiceStore, "keys">): AsyncGenerator<readonly string[]> {
  for (let after = ""; ; ) {
    const keys = await store.keys({ after, limit: page.keys })
    if (keys.length > 0) yield keys
    const last = keys.at(-1)
    if (last === undefined || keys.length < page.keys) return
    after = last
  }
}

/** The log of one key in order, a page at a time. Of one key alone: of several, a store of many nodes may repeat rows from before `after`. */
export async function* walkLog(store: Pick<ServiceStore, "log">, key: string): AsyncGenerator<readonly LoggedSignal[]> {
  for (let after = 0; ; ) {
    const rows = await store.log({ keys: [key], after, limit: page.signals })
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < page.signals) return
    after = last.seq
  }
}
