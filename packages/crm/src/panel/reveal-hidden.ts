/**
 * A short text as it may be read beside others: characters that cannot be seen or that turn the reading order are named, so that one
 * identity cannot pass for another. Joiners within emoji stay.
 */
export const revealHidden = (text: string): string =>
  text.replace(
    hidden,
    (character) => `⟨${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  )

// Controls but tab and line feed, format characters but the emoji joiner, fillers, line and paragraph separators, lone surrogates, tags.
const hidden =
  /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|(?![\t\n\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f/gu
