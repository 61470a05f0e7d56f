import type { LoggedSignal, Store } from "@tellonce/core"

const page = 1_000

/** All that the log holds of these identities, in order, a page at a time. */
export async function* logOf(store: Store, keys: readonly string[]): AsyncGenerator<LoggedSignal, void> {
  for (let after = 0; ; ) {
    const rows = await store.log({ keys, after, limit: page })
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return
    after = last.seq
  }
}
