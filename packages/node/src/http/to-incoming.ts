import type { IncomingMessage } from "node:http"
import { cutOff } from "./cut-off.ts"
import type { Incoming } from "./incoming.ts"

/** A request of node:http as the service reads it. Nothing is copied or wrapped before it is asked for. */
export const toIncoming = (message: IncomingMessage): Incoming => {
  const { method = "GET", url = "/", headers } = message
  const get = (name: string): string | null => {
    const value = headers[name.toLowerCase()]
    return typeof value === "string" ? value : (value?.join(", ") ?? null)
  }
  return {
    method,
    // Which host it was sent to decides nothing here.
    url: `http://localhost${url}`,
    headers: { get, has: (name) => get(name) !== null },
    body: { [Symbol.asyncIterator]: () => pieces(message) },
    arrayBuffer: () => gather(message),
  }
}

async function* pieces(message: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  try {
    // Whoever stops reading half-way still answers: the connection stays.
    yield* message.iterator({ destroyOnReturn: false })
  } catch {
    throw cutOff()
  }
}

const gather = (message: IncomingMessage): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    // A parser mounted before has read it: there is nothing more to come.
    if (message.readableEnded) return resolve(new ArrayBuffer(0))
    if (message.destroyed) return reject(cutOff())
    const chunks: Buffer[] = []
    message.on("data", (chunk: Buffer) => chunks.push(chunk))
    message.on("end", () => {
      const { buffer, byteOffset, byteLength } = Buffer.concat(chunks)
      resolve(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
    })
    message.on("error", () => reject(cutOff()))
  })
