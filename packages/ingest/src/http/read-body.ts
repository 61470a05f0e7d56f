import { createGunzip } from "node:zlib"
import { Problem } from "./problem.ts"

/** What a request may cost before anything looks at it. */
export const limits = {
  bodyBytes: 1_048_576,
  /** Of a body that comes gzipped. */
  inflatedBytes: 4_194_304,
  /** Members and items of a whole body: making and looking at them takes far longer than their bytes tell. */
  members: 100_000,
  /** Fields of a form. */
  fields: 1_000,
  /** Events of one request. */
  events: 1_000,
  /** One event, as JSON. */
  eventBytes: 32_768,
  /** Of one event. */
  depth: 24,
} as const

/**
 * The bytes of a body, read and inflated no further than their limits. Gzip is told by its first two bytes as well: not every
 * client says that it sends it.
 */
export const readBody = async (request: Request): Promise<Buffer> => {
  if (Number(request.headers.get("content-length")) > limits.bodyBytes) throw tooLarge(limits.bodyBytes)
  const bytes = await gather(request.body ?? [], limits.bodyBytes).catch((thrown: unknown) => {
    // The sender's doing, and no failure of ours.
    throw request.signal.aborted ? cutOff() : thrown
  })
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isGzip) return inflate(bytes)
  const encoding = request.headers.get("content-encoding") ?? "identity"
  if (encoding === "identity" || bytes.length === 0) return bytes
  throw new Problem(415, "body/encoding", "A body comes as it is, or gzipped. Send it so.")
}

const gather = async (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of chunks) {
    size += part.byteLength
    if (size > most) throw tooLarge(most)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** In pieces and off the event loop: a bomb is left when it passes the limit, not when it has gone off. */
const inflate = async (bytes: Uint8Array): Promise<Buffer> => {
  const gunzip = createGunzip()
  gunzip.end(bytes)
  try {
    return await gather(gunzip, limits.inflatedBytes)
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown
    throw new Problem(400, "body/not_gzip", "The body begins like gzip and is not. Correct it and send it again.")
  } finally {
    gunzip.destroy()
  }
}

const tooLarge = (most: number) =>
  new Problem(413, "body/too_large", `A body holds at most ${most} bytes. Nothing of it was kept; send less at a time.`)

const cutOff = () =>
  new Problem(400, "http/cut_off", "The connection ended before the body did. Nothing of it was kept; send it again.")
