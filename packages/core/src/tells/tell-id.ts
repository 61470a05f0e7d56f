const longest = 128

/** `tell-<name>-<id>`, within the length and letters an id may have. What is too long keeps its beginning and is told apart by a digest. */
export const tellId = (name: string, id: string): string => {
  const whole = `tell-${name}-${id}`
  if (whole.length <= longest) return whole
  const digest = digestOf(id)
  // Half of a surrogate pair would not survive UTF-8.
  const beginning = whole.slice(0, longest - digest.length - 1).replace(/[\uD800-\uDBFF]$/, "")
  return `${beginning}-${digest}`
}

/** FNV-1a over UTF-16 code units, from two starts: 64 bits in 16 hexadecimal digits. Tells ids apart; protects nothing. */
const digestOf = (text: string): string =>
  [0x811c9dc5, 0x01000193]
    .map((start) => {
      let hash = start
      for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
      return (hash >>> 0).toString(16).padStart(8, "0")
    })
    .join("")
