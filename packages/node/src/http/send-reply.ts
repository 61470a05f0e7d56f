import { once } from "node:events"
import type { ServerResponse } from "node:http"
import type { Reply } from "./reply.ts"

/** Writes the reply. Resolves when it is handed over whole, or the reader has gone. */
export const sendReply = async ({ status, headers, body }: Reply, response: ServerResponse): Promise<void> => {
  if (body === null || typeof body === "string") {
    const length = Buffer.byteLength(body ?? "")
    response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": length })
    response.end(body ?? undefined)
    return
  }
  // Its "close" has been: nothing would tell the stream any more.
  if (response.destroyed) return body.cancel()
  response.writeHead(status, headers)
  response.flushHeaders()
  await pour(body, response)
}

/** Piece by piece, no faster than they are taken: what is not taken stays with the stream, whose budget it is. */
const pour = async (stream: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> => {
  const reader = stream.getReader()
  const gone = once(response, "close")
  // Whoever makes the stream learns that nobody reads it any more.
  void gone.then(() => reader.cancel()).catch(() => {})
  reader.closed.catch(() => {})
  try {
    // Whoever stops the server may have ended it.
    for (let piece = await reader.read(); !piece.done && !response.writableEnded; piece = await reader.read()) {
      // A stream that breaks off while its reader stands still is not waited with: that is what it broke off for.
      if (!writeAtOnce(response, piece.value)) await Promise.race([once(response, "drain"), gone, reader.closed])
    }
    response.end()
  } catch {
    // The stream has broken off: so does the connection, and the reader sees that it is not whole.
    response.destroy()
  }
}

/** Node holds a piece back until the turn of the event loop ends; whoever watches live is not to wait for the rest of it. */
const writeAtOnce = (response: ServerResponse, piece: Uint8Array): boolean => {
  const { socket } = response
  socket?.cork()
  const isRoom = response.write(piece)
  socket?.uncork()
  return isRoom
}
