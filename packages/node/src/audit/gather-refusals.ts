import { type AuditNote, canonical, type Millis } from "@tellonce/core"

export interface GatheredRefusals {
  /** Resolves when the note is durable. */
  add(note: AuditNote): Promise<void>
  flush(): Promise<void>
}

const wait: Millis = 1_000
/** Different ones at a time: a flood of guesses must not fill the disk faster than this a second. */
const mostDifferent = 200

/** Anyone can cause refusals, and as fast as they like: alike ones of one second become one note that counts them. */
export const gatherRefusals = (options: {
  readonly write: (notes: readonly AuditNote[]) => Promise<void>
  readonly onError: (error: unknown) => void
}): GatheredRefusals => {
  let gathered = new Map<string, { note: AuditNote; count: number }>()
  let written: Promise<void> | undefined
  let writeNow = () => {}

  const write = async () => {
    const notes = [...gathered.values()].map(({ note, count }) => ({ ...note, entry: { ...note.entry, count } }))
    gathered = new Map()
    written = undefined
    if (notes.length > 0) await options.write(notes)
  }
  const schedule = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      timer.unref()
      writeNow = () => {
        clearTimeout(timer)
        resolve()
      }
    }).then(write)

  return {
    add(note) {
      // The first request stands for all that are alike.
      const key = canonical([note.chain, { ...note.entry, request: undefined }])
      const alike = gathered.get(key) ?? (gathered.size < mostDifferent ? undefined : gathered.get(rest))
      if (alike) alike.count++
      else if (gathered.size < mostDifferent) gathered.set(key, { note, count: 1 })
      else gathered.set(rest, { note: withoutSubject(note), count: 1 })
      if (written === undefined) {
        written = schedule()
        // Whoever adds may not wait; the failure is told once, here.
        written.catch(options.onError)
      }
      return written
    },
    async flush() {
      const pending = written
      writeNow()
      await pending
    },
  }
}

const rest = "rest"

const withoutSubject = ({ at }: AuditNote): AuditNote => ({
  chain: "service",
  at,
  entry: { by: "several", action: "several", outcome: "denied" },
})
