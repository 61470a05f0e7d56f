import type { Millis } from "@tellonce/core"
import type { ExportLine } from "./export-lines.ts"

/** The columns of an export as a table: one row for each thing that was said, chosen or shown. */
export const csvHeader = "what,identity,time,channel,source,by,matter,name,value\r\n"

type Row = readonly [what: string, identity: string, time: Millis | undefined, ...rest: readonly unknown[]]

/** One line of an export as rows. The contexts are left out: they say again what the signals said. */
export const toCsv = (line: ExportLine): string => rowsOf(line).map(toText).join("")

const rowsOf = (line: ExportLine): readonly Row[] => {
  if (line.type === "export")
    return line.identities.map((identity) => ["identity", identity, undefined, ...Array<string>(6).fill("")])
  if (line.type === "context") return []
  if (line.type === "summary") {
    return [
      ...Object.entries(line.consent.state).map(
        ([purpose, choice]): Row => ["consent", "", undefined, "", "", "", "", purpose, choice],
      ),
      ...line.recipients.map(
        ({ by, channel, action, last, times }): Row => ["shown", "", last, channel, "", by, "", action, times],
      ),
    ]
  }
  const { at, channel, source, authority, speaker, matter, facts = {}, cleared = [], event } = line.signal
  const row = (what: string, name: string, value?: unknown): Row => {
    const by = speaker === undefined ? authority : `${authority} ${speaker}`
    return [what, line.key, at, channel, source, by, matter, name, value]
  }
  return [
    ...Object.entries(facts).map(([name, value]) => row("fact", name, value)),
    ...cleared.map((name) => row("cleared", name)),
    ...(event ? [row("event", event.name, event)] : []),
  ]
}

const toText = ([what, identity, time, ...rest]: Row): string =>
  `${[what, identity, time === undefined ? "" : new Date(time).toISOString(), ...rest].map(toCell).join(",")}\r\n`

/** What a spreadsheet would take for a formula is led by an apostrophe: customers write into these cells. */
const toCell = (value: unknown = ""): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  const harmless = /^[\s]*[=+\-@|%]|^[\t\r\n]/.test(text) && typeof value !== "number" ? `'${text}` : text
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
