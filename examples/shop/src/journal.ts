import { appendFile, mkdir, readFile } from "node:fs/promises"
import { dirname } from "node:path"

export interface Journal<Entry> {
  /** All there is, the oldest first. */
  readonly entries: readonly Entry[]
  /** Resolves when it is in the file. */
  append(entry: Entry): Promise<void>
}

/** A list that outlives the process: a line of JSON per entry. A demo's store; the context has a better one. */
export const openJournal = async <Entry>(file: string): Promise<Journal<Entry>> => {
  await mkdir(dirname(file), { recursive: true })
  const text = await readFile(file, "utf8").catch(() => "")
  const entries = text.split("\n").flatMap((line): Entry[] => {
    // The last line may be half of one: the process was killed as it wrote.
    try {
      return [JSON.parse(line) as Entry]
    } catch {
      return []
    }
  })
  return {
    entries,
    async append(entry) {
      entries.push(entry)
      // A line of its own, whatever a killed process has left before it.
      await appendFile(file, `\n${JSON.stringify(entry)}`, { flush: true })
    },
  }
}
