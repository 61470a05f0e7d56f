const encoder = new TextEncoder()

/** Text as UTF-8. */
export const toBytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** Base64, the URL kind too, with or without its padding; undefined for what is neither. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^[\w+/-]*={0,2}$/.test(text)) return undefined
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Hexadecimal of either case; undefined for anything else. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> | undefined =>
  /^(?:[\da-f]{2})+$/i.test(text)
    ? Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
    : undefined

/** JSON of UTF-8 bytes; undefined for what is none. */
export const parseJsonBytes = (bytes: Uint8Array<ArrayBuffer> | undefined): unknown => {
  try {
    return bytes && JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
