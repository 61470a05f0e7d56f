import { bareLine, isQuotedLine, stripEnds } from "./bare-line.ts"

// "wrote", as the mail programs of the world say it.
const verb =
  /(?<!\p{L})(?:wrote|writes|schrieb|geschrieben|écrit|ecrit|escribió|escribio|escrigué|escreveu|scritto|schreef|geschreven|pisze|napisan[aey]|napisała?|skrev|skrifaði|kirjoitti|kirjutas|napsala?|napísala?|написала?|написав|написа|пишет|пише|yazdı|yazmış|έγραψε|írta|scris|napisao|rašė|rakstīja|viết|menulis|כתב|كتب)(?!\p{L})|写道|寫道|書きました|のメール|のメッセージ|작성|님이/u
const colonAfterVerb = /(?:wrote|schrieb|écrit|escribió|escreveu|scritto|schreef|geschreven|skrev|yazdı) ?[:：]/
const yourOwn =
  /(?:you|sie|du|vous|tu|usted|você|hai|je) (?:wrote|have written|schrieben|schriebst|avez écrit|as écrit|escribió|escreveu|scritto|schreef)|schrieben sie|schriebst du/
const opener =
  /^(?:on|am|le|el|il|em|op|w dniu|dnia|in data|il giorno|den|på|dne|dňa|pe|ma|ti|ke|to|la|su|в|во|într|pada|vào|בתאריך|στις)(?= )|^[在於于\d]/
/** A weekday, with or without a month, and a day: "mon, may 6", "man. 6.", "понедельник, 6". */
const dayFirst = /^\p{L}{1,14}[.,]{0,2} (?:\p{L}{1,14}[.,]{0,2} )?\d/u
const year = /(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)/
const time = /(?<!\d)\d{1,2}[:h.時时点시] ?\d\d(?![.\d])/
/** An address in brackets of any kind. */
const address = /[<([「（][^\s<>()[\]「（@]+@[^\s<>()[\]@]/

/** Of one line, or of a few that were wrapped: whether it says who wrote what follows, surely or only where quoted lines follow. */
type Certainty = "sure" | "if-quoted" | "no"

const certainty = (joined: string): Certainty => {
  const said = stripEnds(joined, "-_ ")
  const colon = /[:：]$/.test(said)
  const has = { verb: verb.test(said), year: year.test(said), time: time.test(said), address: address.test(said) }
  const opens = opener.test(said) || dayFirst.test(said)
  const dated = has.year || has.time
  if (!has.address && yourOwn.test(said)) return "if-quoted"
  if (colon && has.address && (has.verb || (has.year && has.time))) return "sure"
  if (colon && has.verb && ((has.year && has.time) || (opens && dated))) return "sure"
  if (opens && dated && has.address && has.time && colonAfterVerb.test(said)) return "sure"
  // "------On 5/6/2024 10:00 AM, Ada wrote-----"
  if (said !== joined && has.verb && opens && dated) return "sure"
  const weak = colon ? has.address || has.verb || (has.year && has.time) : dated && has.address
  return weak ? "if-quoted" : "no"
}

const maxWrapped = 4

/** Could a wrapped attribution begin here? Later lines of one hold a name and a verb, never the date. */
const mayBeWrapped = (bare: string): boolean => {
  const said = stripEnds(bare, "-_ ")
  if (!year.test(said) && !time.test(said)) return address.test(said) && verb.test(said)
  return opener.test(said) || dayFirst.test(said) || address.test(said)
}

/** How many lines from `at` on attribute what follows them to its writer; 0 when none does. */
export const findAttribution = (lines: readonly string[], at: number): number => {
  const first = bareLine(lines[at] ?? "")
  if (first === "") return 0
  const most = mayBeWrapped(first) ? maxWrapped : 1
  const named = address.test(first) && verb.test(first)
  let joined = ""
  for (let count = 1; count <= most; count++) {
    const line = lines[at + count - 1]
    const bare = line === undefined || isQuotedLine(line) ? "" : bareLine(line)
    if (bare === "" || (count > 1 && !named && opener.test(bare) && mayBeWrapped(bare))) return 0
    joined = joined === "" ? bare : `${joined} ${bare}`
    const sure = certainty(joined)
    if (sure === "sure" || (sure === "if-quoted" && isQuotedNext(lines, at + count))) return count
  }
  return 0
}

/** Whether quoted lines follow, blank ones aside. */
export const isQuotedNext = (lines: readonly string[], at: number): boolean => {
  for (const line of lines.slice(at, at + 3)) {
    if (line.trim() !== "") return isQuotedLine(line)
  }
  return false
}
