/** What it costs to keep a signal in IndexedDB, by the client's own outbox: one by one, and in batches. */
import type { Page } from "playwright-core"

export interface KeepCosts {
  /** Microseconds per signal. */
  readonly oneByOne: number
  readonly batchesOf100: number
}

export const measureKeep = async (page: Page): Promise<KeepCosts> => ({
  oneByOne: await keep(page, 1, 300),
  batchesOf100: await keep(page, 100, 3_000),
})

const keep = (page: Page, batch: number, signals: number): Promise<number> =>
  page.evaluate(`(async () => {
    const storage = window.tellonce.createIndexedDbStorage({ name: "bench ${batch} " + Math.random() })
    await storage.outbox.list()
    const began = performance.now()
    for (let at = 0; at < ${signals}; at += ${batch}) {
      await storage.outbox.add(Array.from({ length: ${batch} }, (_, index) => ({
        owner: "visitor",
        signal: { id: "s" + (at + index), at, authority: "customer", channel: "page", source: "bench", facts: { viewed: "p" + index } },
      })))
    }
    const each = 1_000 * (performance.now() - began) / ${signals}
    storage.close()
    return each
  })()`)
