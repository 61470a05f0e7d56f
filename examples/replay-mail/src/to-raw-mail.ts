import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { MailEntry } from "./manifest.ts"

/** The bytes of a mail. A body alone is put into the plainest mail that can hold it, so that all go the same way. */
export const toRawMail = (folder: string, { file, format, expect }: MailEntry): Uint8Array => {
  const bytes = readFileSync(join(folder, file))
  if (format === "rfc822") return bytes
  const name = Buffer.from(expect.sender ?? "Writer").toString("base64")
  const head = [
    `From: =?utf-8?b?${name}?= <writer@mail.example>`,
    `Content-Type: text/${format === "html-body" ? "html" : "plain"}; charset=utf-8`,
    "Content-Transfer-Encoding: 8bit",
    "",
    "",
  ]
  return Buffer.concat([Buffer.from(head.join("\r\n")), bytes])
}
