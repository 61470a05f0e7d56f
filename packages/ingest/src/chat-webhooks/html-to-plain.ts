import { convert } from "html-to-text"

/** Elements that are never closed nest, and the converter takes the square of the depth: so much is read and no more. */
const longest = 20_000

/** The text of a message that a vendor sends as HTML. */
export const htmlToPlain = (html: string): string =>
  convert(html.slice(0, longest), {
    wordwrap: false,
    limits: { maxDepth: 50, ellipsis: "" },
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
      { selector: "p", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ],
  }).trim()
