export interface MimeParts {
  /** In the order of the mail. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string
  readonly html: string
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
}

/**
 * A mail put together again from what a provider took apart, so that one strict parser reads all mail alike: what is refused in a raw mail
 * is refused in this one.
 */
export const toMime = ({ headers, text, html, attachments }: MimeParts): Uint8Array => {
  const kept = headers.filter(([name]) => /^[a-z0-9][\w.-]*$/i.test(name) && !/^(content-|mime-version$)/i.test(name))
  const type = headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? ""
  const bodies = [...(text === "" ? [] : [part("text/plain; charset=utf-8", text)])]
  if (html !== "") bodies.push(part("text/html; charset=utf-8", html))
  const files = attachments.map((file) =>
    part(`${mimeType(file.type)}; ${named("name", file.name)}`, file.bytes, file.name),
  )
  return Buffer.from(
    [
      ...kept.map(([name, value]) => `${name}: ${oneLine(value)}`),
      "MIME-Version: 1.0",
      `Content-Type: ${isReport(type) ? "multipart/report; report-type=delivery-status" : "multipart/mixed"}; boundary="outer=_"`,
      "",
      "--outer=_",
      'Content-Type: multipart/alternative; boundary="inner=_"',
      "",
      ...bodies.map((body) => `--inner=_\r\n${body}`),
      "--inner=_--",
      ...files.map((file) => `--outer=_\r\n${file}`),
      "--outer=_--",
      "",
    ].join("\r\n"),
    "utf8",
  )
}

const isReport = (type: string): boolean =>
  /^\s*multipart\/report\b/i.test(type) && /report-type\s*=\s*"?delivery-status/i.test(type)

/** Base64 has no line that could be taken for a boundary. */
const part = (type: string, content: string | Uint8Array, file?: string): string =>
  [
    `Content-Type: ${type}`,
    "Content-Transfer-Encoding: base64",
    ...(file === undefined ? [] : [`Content-Disposition: attachment; ${named("filename", file)}`]),
    "",
    ...(Buffer.from(content as Uint8Array)
      .toString("base64")
      .match(/.{1,76}/g) ?? [""]),
  ].join("\r\n")

const mimeType = (type: string): string => /^[\w.+-]+\/[\w.+-]+/.exec(type)?.[0] ?? "application/octet-stream"

const named = (parameter: string, name: string): string =>
  `${parameter}*=utf-8''${encodeURIComponent(oneLine(name)).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`

/** A value that came decoded may hold what ends a line: it must not open a header of its own. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ").trim()
