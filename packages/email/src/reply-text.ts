import { cutQuotes } from "./cut-quotes.ts"
import { htmlReplyText } from "./html-text.ts"

export interface MailBody {
  readonly text?: string | undefined
  readonly html?: string | undefined
}

/** What the sender wrote anew, without the mail it answers and without a signature. */
export const replyText = ({ text, html }: MailBody): string => {
  if (text !== undefined && text.trim() !== "") return cutQuotes(text)
  return html === undefined ? "" : cutQuotes(htmlReplyText(html))
}
