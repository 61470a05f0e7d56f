import { type Millis, type Refusal, refuse } from "@tellonce/core"
import { type ParsedMail, toInboundEmail } from "../parse/parse-mail.ts"
import { maxMailBytes, type ReadMail, tooLarge } from "../parse/read-mail.ts"
import { type MailThread, openMailThread } from "./open-mail-thread.ts"

export interface MailReaderOptions {
  /** 1 unless told. Each starts with its first mail and is replaced when a mail stalls it. */
  readonly threads?: number
  /** How long one mail may take; 2,000 ms unless told. */
  readonly deadline?: Millis
  /** MB of heap a thread may use; 256 unless told. */
  readonly memory?: number
  /** How many mails may wait for a thread; 100 unless told. Those beyond are refused with `mail/busy`. */
  readonly waiting?: number
  /** The file the threads run, where a bundler has moved this code away from it: `@tellonce/email/worker`. */
  readonly file?: URL | string
}

/** Reads mails in threads of its own, so that none of them holds up what else the process does. */
export interface MailReader {
  /** As `parseMail`. Refuses also what stalls (`mail/stalled`) and what comes while too many wait (`mail/busy`). */
  read(raw: Uint8Array | string): Promise<ParsedMail>
  /** Ends the threads. What they have at work is refused. */
  close(): Promise<void>
}

export const createMailReader = (options: MailReaderOptions = {}): MailReader => {
  const file = options.file ?? new URL("./mail-worker.mjs", import.meta.url)
  const { threads = 1, deadline = 2_000, memory = 256, waiting = 100 } = options
  const all = Array.from({ length: threads }, () => openMailThread({ file, deadline, memory }))
  const idle = [...all]
  const queue: ((thread: MailThread | undefined) => void)[] = []
  let closed = false

  const readIn = async (raw: Uint8Array | string): Promise<ReadMail> => {
    if (closed) return atEnd()
    if (idle.length === 0 && queue.length >= waiting) return busy()
    const thread = idle.pop() ?? (await new Promise<MailThread | undefined>((resolve) => queue.push(resolve)))
    if (thread === undefined) return atEnd()
    try {
      return await thread.read(raw)
    } finally {
      const next = queue.shift()
      if (next) next(thread)
      else idle.push(thread)
    }
  }

  return {
    async read(raw) {
      if (raw.length > maxMailBytes) return tooLarge()
      const read = await readIn(typeof raw === "string" ? raw : unshared(raw))
      return read.ok ? { ok: true, mail: toInboundEmail(read.mail) } : read
    },
    async close() {
      closed = true
      for (const next of queue.splice(0)) next(undefined)
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}

/** A view of a large buffer would be sent to the thread with all of the buffer. */
const unshared = (raw: Uint8Array): Uint8Array => (raw.byteLength === raw.buffer.byteLength ? raw : new Uint8Array(raw))

const busy = (): Refusal => refuse("mail/busy", "Too many mails wait to be read. Send it again in a minute.")

const atEnd = (): Refusal => refuse("mail/closed", "The reader was closed. Read the mail with a new one.")
