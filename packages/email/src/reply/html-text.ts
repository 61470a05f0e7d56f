import { convert, type DomNode, type FormatCallback, type HtmlToTextOptions } from "html-to-text"
import { restIsQuoted } from "./cut-quotes.ts"
import { attribution, quoted, restBegins, signature } from "./quote-containers.ts"

const maxLength = 1_000_000
/** Elements that are never closed nest, and the converter takes the square of the depth. */
const maxTags = 20_000

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 100, ellipsis: "" },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    // Word's paragraphs are lines: it writes an empty one between two.
    ...["p.MsoNormal", "p.MsoPlainText"].map((selector) => ({
      selector,
      format: "paragraph",
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
    ...["h1", "h2", "h3", "h4", "h5", "h6", "table"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
}

/** The text of an HTML body, or of as much of its beginning as is safe to read. */
export const htmlText = (html: string): string => tidy(convert(beginning(html), options))

/** The same with quotes and their attributions as text has them, and without signatures. */
export const htmlReplyText = (html: string): string => tidy(convert(beginning(html), replyOptions))

/** Mail programs put a break into an empty paragraph, which makes two blank lines of one. */
const tidy = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")

/** Whether a mail program marked something as quoted. Bare names are enough: the conversion looks closely. */
export const marksQuotes = (html: string): boolean => marks.test(html.slice(0, maxLength))

const marks =
  /<blockquote|gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|moz-cite-prefix|moz-forward-container|protonmail_quote|tutanota_quote|zmail_extra|sh-quoted-content|isReplyContent|mail-app-auto-quote|OutlookMessageHeader|reference-message-container|messageReplySection|front-blockquote|freshdesk_quote|name="?quote/i

const line = (string: string) => ({ string, leadingLineBreaks: 1, trailingLineBreaks: 1 })

/** Gmail puts answers that are written between the quotes into the same container. What it forwards has its title there. */
const formatGmail: FormatCallback = (element, walk, builder, formatOptions) => {
  const attributed = find(element, ({ attribs }) => attribs?.class?.includes("gmail_attr") ?? false)
  const forwarded = attributed !== undefined && textOf(attributed).trimStart().startsWith("---")
  if (element.name === "blockquote" || forwarded || !find(element, ({ name }) => name === "blockquote")) {
    builder.openBlock({ leadingLineBreaks: 1 })
    builder.addLiteral(formatOptions.string ?? ">")
    builder.closeBlock({ trailingLineBreaks: 1 })
  } else walk(element.children, builder)
}

/** The first of the nearest nodes below that is so: Gmail puts both on top. */
const find = (element: DomNode, isSo: (node: DomNode) => boolean): DomNode | undefined => {
  const waiting = [...(element.children ?? [])]
  for (let looked = 0; looked < waiting.length && looked < 500; looked++) {
    const node = waiting[looked]
    if (node === undefined || isSo(node)) return node
    waiting.push(...(node.children ?? []).slice(0, 100))
  }
  return undefined
}

const textOf = (element: DomNode): string =>
  (element.children ?? [])
    .map((node) => node.data ?? "")
    .join("")
    .slice(0, 200)

const replyOptions: HtmlToTextOptions = {
  ...options,
  formatters: { gmail: formatGmail },
  selectors: [
    ...(options.selectors ?? []),
    ...quoted.map((selector) => ({ selector, format: "blockString", options: line(">") })),
    ...restBegins.map((selector) => ({ selector, format: "blockString", options: line(restIsQuoted) })),
    ...[...attribution, ...signature].map((selector) => ({ selector, format: "skip" })),
    { selector: ".gmail_quote", format: "gmail", options: line(">") },
  ],
}

const beginning = (html: string): string => {
  let tags = 0
  for (let at = html.indexOf("<"); at !== -1 && at < maxLength; at = html.indexOf("<", at + 1)) {
    if (++tags > maxTags) return html.slice(0, at)
  }
  return html.slice(0, maxLength)
}
