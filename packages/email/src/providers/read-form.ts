import { pipeline } from "node:stream/promises"
import { setImmediate } from "node:timers/promises"
import { Busboy } from "@fastify/busboy"
import { maxMailBytes } from "../parse/parse-mail.ts"
import type { WebhookRequest } from "./mail-provider.ts"

export interface Form {
  /** As bytes: the charset is known only from another field. */
  field(name: string): Uint8Array | undefined
  readonly files: readonly FormFile[]
}

export interface FormFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** No provider posts as many. */
const mostParts = 400
const slice = 512 * 1024
const limits = { fieldNameSize: 200, fieldSize: maxMailBytes, fileSize: maxMailBytes, parts: mostParts }

/** A form as providers post it, multipart or URL-encoded; undefined for anything else, and for more than a mail may be. */
export const readForm = async ({ headers, body }: WebhookRequest): Promise<Form | undefined> => {
  const type = headers.get("content-type") ?? ""
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  if (body.length > 2 * maxMailBytes) return undefined
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return fromQuery(bytes)
  return /^multipart\/form-data\b/i.test(type) && !hasTooManyParts(bytes, type) ? fromMultipart(bytes, type) : undefined
}

const fromMultipart = (body: Buffer, type: string): Promise<Form | undefined> =>
  new Promise((resolve) => {
    const fields = new Map<string, Uint8Array>()
    const files: FormFile[] = []
    try {
      // Latin-1 keeps every byte as one character.
      const form = new Busboy({ headers: { "content-type": type }, limits, defCharset: "latin1" })
      form.on("field", (name, value) => fields.set(name, Buffer.from(value, "latin1")))
      form.on("file", (_field, stream, name, _encoding, mime) => {
        const chunks: Buffer[] = []
        // Unheard, it would end the process: a form that breaks off is all it takes.
        stream.on("error", () => resolve(undefined))
        stream.on("data", (chunk: Buffer) => chunks.push(chunk))
        stream.on("end", () => files.push({ name: name ?? "", type: mime, bytes: Buffer.concat(chunks) }))
      })
      form.on("error", () => resolve(undefined))
      form.on("finish", () => resolve({ field: (name) => fields.get(name), files }))
      pipeline(slices(body), form).catch(() => resolve(undefined))
    } catch {
      resolve(undefined)
    }
  })

/** With a breath between, for others wait while a form is read. */
async function* slices(body: Buffer) {
  for (let from = 0; from < body.length; from += slice) {
    yield body.subarray(from, from + slice)
    await setImmediate()
  }
}

/** A value is decoded when it is asked for: the long ones only once the form is known to be the provider's. */
const fromQuery = (body: Buffer): Form | undefined => {
  const encoded = new Map<string, Buffer>()
  for (let from = 0, parts = 0; from < body.length; parts++) {
    const found = body.indexOf("&", from)
    const pair = body.subarray(from, found === -1 ? body.length : found)
    const equals = pair.subarray(0, limits.fieldNameSize).indexOf("=")
    if (parts > mostParts) return undefined
    if (equals > 0) encoded.set(unescaped(pair.subarray(0, equals)).toString(), pair.subarray(equals + 1))
    from += pair.length + 1
  }
  const field = (name: string) => {
    const value = encoded.get(name)
    return value && unescaped(value)
  }
  return { field, files: [] }
}

const unescaped = (text: Buffer): Buffer => {
  const bytes = text
    .toString("latin1")
    .replace(/\+|%([0-9a-f]{2})/gi, (_, hex?: string) =>
      hex === undefined ? " " : String.fromCharCode(parseInt(hex, 16)),
    )
  return Buffer.from(bytes, "latin1")
}

/** Looked at before a parser is: each part costs it a great deal more than the few bytes that it takes to send one. */
const hasTooManyParts = (body: Buffer, type: string): boolean => {
  const [first, ...others] = [...type.slice(0, 1_000).matchAll(/boundary="?([^\s";]{0,70})/gi)]
  const boundary = first?.[1] ?? ""
  if (boundary === "" || others.length > 0) return true
  for (let at = 0, parts = 0; parts <= mostParts; at += boundary.length, parts++) {
    at = body.indexOf(`--${boundary}`, at)
    if (at === -1) return false
  }
  return true
}
