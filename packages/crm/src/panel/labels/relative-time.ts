import type { Millis } from "@tellonce/core"

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const

/** Ages in the words of a language: "vor 2 Minuten". Less than a minute is `justNow`. */
export const toAge = (language: string, justNow: string): ((age: Millis) => string) => {
  // Made when first needed: a page imports every language it offers, and shows one.
  let format: Intl.RelativeTimeFormat | undefined
  return (age) => {
    format ??= new Intl.RelativeTimeFormat(language)
    const unit = units.find(([, length]) => age >= length)
    return unit ? format.format(-Math.floor(age / unit[1]), unit[0]) : justNow
  }
}

/** Day and time in the reader's time zone, as the language writes them. */
export const toDate = (language: string): ((at: Millis) => string) => {
  let format: Intl.DateTimeFormat | undefined
  return (at) => {
    format ??= new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" })
    return Math.abs(at) <= latest ? format.format(at) : ""
  }
}

/** The last moment a date can name, in epoch milliseconds. */
const latest = 8_640_000_000_000_000
