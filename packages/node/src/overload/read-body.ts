import { createGunzip } from "node:zlib"
import { cutOff } from "../http/cut-off.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Incoming } from "../http/incoming.ts"
import { limits } from "./limits.ts"

/** The bytes of a body, read and inflated no further than their limits. Throws 413 `body/too_large`, 415 `body/encoding`, 400 `body/not_gzip`. */
export const readBody = async (request: Incoming): Promise<Uint8Array> => {
  const encoding = request.headers.get("content-encoding") ?? "identity"
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new HttpProblem(415, "body/encoding", 'A body comes as it is or as "content-encoding: gzip". Send it so.')
  }
  const declared = request.headers.get("content-length")
  if (Number(declared) > limits.bodyBytes) throw tooLarge(limits.bodyBytes)
  // A declared length is held to by node:http, so the whole may be read in one go: a stream costs ten times as much.
  const reading =
    declared === null
      ? gather(request.body ?? [], limits.bodyBytes)
      : request.arrayBuffer().then((buffer) => new Uint8Array(buffer))
  const bytes = await reading.catch((thrown: unknown) => {
    throw request.signal?.aborted ? cutOff() : thrown
  })
  if (bytes.byteLength > limits.bodyBytes) throw tooLarge(limits.bodyBytes)
  return encoding === "gzip" ? inflate(bytes) : bytes
}

const gather = async (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of chunks) {
    size += part.byteLength
    if (size > most) throw tooLarge(most)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** In pieces and off the event loop: a bomb is left when it has passed the limit, not when it has gone off. */
const inflate = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const gunzip = createGunzip()
  gunzip.end(bytes)
  try {
    return await gather(gunzip, limits.inflatedBytes)
  } catch (thrown) {
    if (thrown instanceof HttpProblem) throw thrown
    throw new HttpProblem(400, "body/not_gzip", "The body says it is gzip and is not. Correct it and send it again.")
  } finally {
    gunzip.destroy()
  }
}

const tooLarge = (most: number) =>
  new HttpProblem(
    413,
    "body/too_large",
    `A body holds at most ${most} bytes. Nothing of it was kept; send fewer signals at a time.`,
  )
