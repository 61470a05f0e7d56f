/**
 * A customer's words as they may stand in a prompt or a terminal: invisible and bidirectional characters, control characters and ANSI
 * codes are taken out, and what a reader would follow or load (URLs, Markdown links and pictures) is made inert but legible.
 */
export const defuseText = (text: string): string =>
  text
    .replace(ansi, "")
    .replace(invisible, "")
    .normalize("NFC")
    .replace(/!?\[([^\]\n]{0,500})\]\(([^)\n]{0,2000})\)/g, "$1 ($2)")
    .replace(/([a-z][a-z0-9+.-]{0,20})?:\/\//gi, (_match, scheme = "") => `${scheme.replace(/t/gi, "x")}[:]//`)
    .replace(/(javascript|data|mailto|vbscript):/gi, "$1[:]")
    .replace(
      /\b((?:[a-z0-9-]{1,63}\.){1,8})([a-z]{2,24})(?=[/?#:\s]|$)/gi,
      (_match, labels: string, top: string) => `${labels.slice(0, -1)}[.]${top}`,
    )
    // One link in another leaves half of it, and what is written above may stand before a parenthesis.
    .replace(/\]\(/g, "] (")

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be removed
const ansi = /\u001b\[[0-?]{0,32}[ -/]{0,8}[@-~]/g
// Control characters but tab and line feed; soft hyphen, joiners, fillers, bidirectional controls, variation selectors, private use, tags.
const invisible =
  /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu
