const letters = "abcdefghijklmnopqrstuvwxyz234567"

/** RFC 4648 in lower case and without padding: letters that survive mail servers that fold the case of an address. */
export const toBase32 = (bytes: Uint8Array): string => {
  let text = ""
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31]
  }
  return bits === 0 ? text : text + letters[(held << (5 - bits)) & 31]
}
