import { createMailReader, type ParsedMail } from "@tellonce/email"
import { judgeReply } from "./judge-reply.ts"
import { libraryAlone } from "./library-alone.ts"
import type { MailEntry } from "./manifest.ts"
import { toRawMail } from "./to-raw-mail.ts"

/** One mail of the manifest and what became of it. */
export interface Outcome {
  readonly file: string
  readonly kind: string
  /** Absent where the manifest expects no certain reply. */
  readonly reply?: { readonly right: boolean; readonly library: boolean }
  /** How the mail was flagged: a machine's, a person's (`null`), or refused with a code. */
  readonly flag: string | null
  readonly thrown: boolean
  readonly ms: number
  readonly overtime: boolean
}

export interface ReplayOptions {
  readonly folder: string
  readonly entries: readonly MailEntry[]
  /** In ms. */
  readonly now: () => number
}

/** Every mail through one real reader, one after the other, and its text through `email-reply-parser` alone. */
export const replayMails = async ({ folder, entries, now }: ReplayOptions): Promise<readonly Outcome[]> => {
  const reader = createMailReader()
  const outcomes: Outcome[] = []
  try {
    // Starting the thread is no mail's time.
    await reader.read("From: first@mail.example\r\n\r\nhello")
    for (const entry of entries) {
      const raw = toRawMail(folder, entry)
      const start = now()
      const parsed = await reader.read(raw).catch(() => undefined)
      outcomes.push(toOutcome(entry, parsed, now() - start))
    }
    return outcomes
  } finally {
    await reader.close()
  }
}

const toOutcome = ({ file, expect }: MailEntry, parsed: ParsedMail | undefined, ms: number): Outcome => {
  const text = parsed?.ok ? parsed.mail.text : ""
  const reply = {
    right: parsed?.ok === true && judgeReply(parsed.mail.reply, expect),
    library: judgeReply(libraryAlone(text) ?? "", expect),
  }
  return {
    file,
    kind: expect.kind,
    ...(expect.match !== "none" && { reply }),
    flag: flagOf(parsed),
    thrown: parsed === undefined,
    ms,
    overtime: ms > (expect.max_ms ?? Number.POSITIVE_INFINITY),
  }
}

const flagOf = (parsed: ParsedMail | undefined): string | null => {
  if (parsed === undefined) return "thrown"
  if (parsed.ok) return parsed.mail.automated
  return parsed.bounce ? "bounce" : parsed.code
}
