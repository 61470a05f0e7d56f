/** A header block as names and values, unfolded, in its order. */
export const splitHeaders = (block: string): readonly (readonly [name: string, value: string])[] =>
  block
    .replace(/\r?\n(?=[ \t])/g, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(":")
      return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
    })
