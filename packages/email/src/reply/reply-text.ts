import { cutQuotes } from "./cut-quotes.ts"
import { cutSignature } from "./cut-signature.ts"
import { htmlReplyText, marksQuotes } from "./html-text.ts"

export interface MailBody {
  /** What the mail provider found to be new; it knows fewer languages, so the rules go over it again. */
  readonly stripped?: string | undefined
  readonly html?: string | undefined
  readonly text?: string | undefined
  /** The writer's display name: "Thanks, Ada" is a signature only when Ada wrote it. */
  readonly sender?: string | undefined
}

/**
 * What the sender wrote anew, without the mail it answers and without a signature: of what the provider stripped, else of HTML in
 * which the mail program marked its quotes, else of the text.
 */
export const replyText = ({ stripped, html, text, sender }: MailBody): string => {
  if (!isBlank(stripped)) return ownWords(stripped, sender)
  const marked = html !== undefined && (isBlank(text) || marksQuotes(html)) ? ownWords(htmlReplyText(html), sender) : ""
  return marked === "" && !isBlank(text) ? ownWords(text, sender) : marked
}

const isBlank = (text: string | undefined): text is undefined | "" => text === undefined || text.trim() === ""

const ownWords = (text: string, sender: string | undefined): string => {
  const stretches = cutQuotes(text)
  const own = stretches.map((stretch) => cutSignature(stretch, sender)).filter((stretch) => stretch.length > 0)
  // A mail that is all signature by these rules is more likely a short answer.
  return (own.length > 0 ? own : stretches)
    .map((stretch) => stretch.join("\n"))
    .join("\n\n")
    .trim()
}
