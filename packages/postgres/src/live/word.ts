/** What one node says to the others: which identities have something new, from which place on, and which were swept. */
export interface Word {
  /** The node that says it, which knows already. */
  readonly from: string
  readonly added: readonly (readonly [key: string, seq: number])[]
  readonly swept: readonly string[]
}

/** PostgreSQL takes 7,999 bytes. */
const mostBytes = 7_500

/** As few texts as hold it. A name too long for one is left out: it is found by polling. */
export const toWords = ({ from, added, swept }: Word): readonly string[] => {
  const items = [
    ...added.map((one): Word => ({ from, added: [one], swept: [] })),
    ...swept.map((key): Word => ({ from, added: [], swept: [key] })),
  ]
  const words: Word[] = []
  let room = 0
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item))
    if (size > mostBytes) continue
    const last = words.at(-1)
    if (last === undefined || size > room) {
      words.push(item)
      room = mostBytes - size
    } else {
      words[words.length - 1] = { from, added: [...last.added, ...item.added], swept: [...last.swept, ...item.swept] }
      room -= size
    }
  }
  return words.map((word) => JSON.stringify(word))
}

/** Undefined for what no node of ours says. */
export const parseWord = (text: string): Word | undefined => {
  try {
    const word = JSON.parse(text) as Partial<Word> | null
    const isWord = typeof word?.from === "string" && Array.isArray(word.added) && Array.isArray(word.swept)
    return isWord ? (word as Word) : undefined
  } catch {
    return undefined
  }
}
