import { htmlToText as convert, type HtmlToTextOptions } from "html-to-text"

const quotes = [".gmail_quote", "blockquote", ".yahoo_quoted", ".moz-cite-prefix"]
/** Outlook marks where the quoted mail begins and closes nothing: all that follows is quoted. */
const outlookMark =
  /(?:<hr\b[^<>]{0,200}>\s{0,20})?<[a-z]+\s[^<>]{0,200}\bid\s*=\s*["']?(?:x_)*(?:divRplyFwdMsg|appendonsend)\b/i
const maxLength = 1_000_000
/** Elements that are never closed nest, and the converter takes the square of the depth. */
const maxTags = 20_000

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 100, ellipsis: "" },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    ...["h1", "h2", "h3", "h4", "h5", "h6", "table"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
}

/** The text of an HTML body, or of as much of its beginning as is safe to read. */
export const htmlText = (html: string): string => convert(beginning(html), options)

/** The same without what the mail programs mark as quoted. */
export const htmlReplyText = (html: string): string => {
  const own = beginning(html)
  const mark = outlookMark.exec(own)
  const skip = quotes.map((selector) => ({ selector, format: "skip" }))
  return convert(mark ? own.slice(0, mark.index) : own, {
    ...options,
    selectors: [...(options.selectors ?? []), ...skip],
  })
}

const beginning = (html: string): string => {
  let tags = 0
  for (let at = html.indexOf("<"); at !== -1 && at < maxLength; at = html.indexOf("<", at + 1)) {
    if (++tags > maxTags) return html.slice(0, at)
  }
  return html.slice(0, maxLength)
}
