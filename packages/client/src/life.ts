import type { Fields, Millis } from "@tellonce/core"
import type { Crew } from "./crew.ts"
import { createKeepsake } from "./kept/keepsake.ts"
import { restore } from "./kept/restore.ts"
import { type PageListeners, watchPage } from "./page/page.ts"
import type { Parts } from "./parts.ts"
import { visitorOwner } from "./who/credentials.ts"

/** From the first page to the last: what was left is taken over, what is known is kept, and the page may come and go. */
export interface Life {
  /** Resolves when what was left is here; undefined once it is. */
  restoring(): Promise<void> | undefined
  /** What is known is other than it was. */
  touch(): void
  /** Sends what waits, wherever it is sent from. */
  flush(): Promise<void>
  close(): void
}

/** Longer than this nobody waits for another tab to send. */
const patience: Millis = 5_000

export const startLife = <F extends Fields>(parts: Parts<F>, { tabs, link, flushed, forgetting }: Crew): Life => {
  const { clock, sleep, visitor, credentials, ledger, feeding } = parts
  const end = new AbortController()
  const isVisitor = () => credentials.owner() === visitorOwner
  const keepsake = createKeepsake({
    sleep,
    signal: end.signal,
    write() {
      const known = feeding.share()
      if (known && tabs.leads() && isVisitor()) visitor?.remember(known.body.context)
    },
  })
  tabs.restart()
  watchForLife({ tabs, link }, keepsake.save, end.signal)
  let restoring: Promise<void> | undefined = restore({
    ...parts,
    recall: async () => visitor?.recall(),
    now: clock.now,
    signal: end.signal,
    onContext: (context) => isVisitor() && feeding.remember(context),
    onAdopted(left) {
      forgetting.adopted(left)
      link.wake()
    },
  }).then(() => {
    restoring = undefined
  })
  return {
    restoring: () => restoring,
    touch: keepsake.touch,
    async flush() {
      await restoring
      await ledger.queue.settled()
      if (!tabs.leads()) {
        const answered = flushed.wait()
        tabs.post({ kind: "flush" })
        await Promise.race([answered, sleep(patience, end.signal)])
      }
      if (tabs.leads()) await link.flush()
    },
    close: () => end.abort(),
  }
}

const watchForLife = ({ tabs, link }: Pick<Crew, "tabs" | "link">, save: () => void, end: AbortSignal) => {
  let isResting = false
  const sayFarewell = (leaving: boolean) => {
    save()
    if (tabs.leads()) void link.sayFarewell({ leaving })
  }
  const listeners: PageListeners = {
    onHidden: () => sayFarewell(false),
    onLeave() {
      sayFarewell(true)
      isResting = true
      // A page that keeps its lock and its connection is not kept by the browser, and starves the tabs that go on.
      tabs.rest()
      link.rest()
    },
    onReturn() {
      if (isResting) tabs.restart()
      isResting = false
      link.nudge()
    },
    onHope: link.nudge,
  }
  watchPage(listeners, end)
}
