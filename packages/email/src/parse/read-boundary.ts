export const isMultipart = (contentType: string): boolean => /^\s{0,99}multipart\//i.test(contentType)

/** The boundary parameter of a Content-Type, empty when it has none. */
export const readBoundary = (contentType: string): string => {
  const at = contentType.toLowerCase().indexOf("boundary=")
  if (at === -1) return ""
  const value = contentType.slice(at + "boundary=".length)
  return (value.startsWith('"') ? value.slice(1).split('"', 1)[0] : value.split(/[;\s]/, 1)[0]) ?? ""
}
