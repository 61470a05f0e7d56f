/** Bytes in the charset somebody named, or in UTF-8 where that is none we know. */
export const decodeText = (bytes: Uint8Array | undefined, charset = "utf-8"): string => {
  if (bytes === undefined) return ""
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
