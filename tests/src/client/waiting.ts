import type { Page } from "playwright-core"

/** How many signals wait on the disk of this browser; none where a first visit has not yet made its database. */
export const waiting = (page: Page) =>
  page.evaluate(`new Promise(async (resolve) => {
    const [kept] = await indexedDB.databases()
    if (kept === undefined) return resolve(0)
    const open = indexedDB.open(kept.name)
    open.onsuccess = () => {
      if (!open.result.objectStoreNames.contains("outbox")) { open.result.close(); return resolve(0) }
      const count = open.result.transaction("outbox").objectStore("outbox").count()
      count.onsuccess = () => { open.result.close(); resolve(count.result) }
    }
  })`)
