import { createContext, Script } from "node:vm"
import EmailReplyParser from "email-reply-parser"

const script = new Script("parse()")
/** Its patterns may need longer than anyone would wait. */
const timeout = 2_000

/** What `email-reply-parser` alone makes of a text; undefined when it gives up, or never ends. */
export const libraryAlone = (text: string): string | undefined => {
  const context = createContext({ parse: () => new EmailReplyParser().parseReply(text) })
  try {
    return String(script.runInContext(context, { timeout }))
  } catch {
    return undefined
  }
}
