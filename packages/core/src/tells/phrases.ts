/** Finds phrases in text, whole words only, whatever the case, accents' encoding, kind of apostrophe and spacing. Linear in the text. */
export const createPhraseFinder = (phrases: readonly string[]): ((text: string) => readonly string[]) => {
  const folded = phrases.map((phrase) => [phrase, fold(phrase).trim()] as const).filter(([, words]) => words !== "")
  return (text) => {
    const within = fold(text)
    return folded.filter(([, words]) => holds(within, words)).map(([phrase]) => phrase)
  }
}

/** By way of capitals, so that "ß" and "SS" are one. */
const fold = (text: string): string =>
  text.normalize("NFKC").toUpperCase().toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/\s+/g, " ")

const holds = (text: string, words: string): boolean => {
  for (let start = text.indexOf(words); start !== -1; start = text.indexOf(words, start + 1)) {
    const end = start + words.length
    if (isBoundary(text, start) && isBoundary(text, end)) return true
  }
  return false
}

/** Two code units to each side: a letter beyond the basic plane has two. */
const isBoundary = (text: string, place: number): boolean =>
  !(endsInWord.test(text.slice(Math.max(0, place - 2), place)) && beginsAsWord.test(text.slice(place, place + 2)))

// Scripts written without spaces have no boundary to see between their words.
const unspaced = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}"
const inWord = `(?![${unspaced}])[\\p{L}\\p{M}\\p{N}_]`
const endsInWord = new RegExp(`${inWord}$`, "u")
const beginsAsWord = new RegExp(`^${inWord}`, "u")
