import type { IncomingMessage } from "node:http"
import { cutOff } from "./cut-off.ts"
import { HttpProblem } from "./http-problem.ts"
import type { Incoming } from "./incoming.ts"

/** A request of node:http as the service reads it. Nothing is copied or wrapped before it is asked for. */
export const toIncoming = (message: IncomingMessage, isAdmitted = false): Incoming => {
  const { method = "GET", url = "/", headers } = message
  const get = (name: string): string | null => {
    const value = headers[name.toLowerCase()]
    return typeof value === "string" ? value : (value?.join(", ") ?? null)
  }
  return {
    method,
    isAdmitted,
    // Which host it was sent to decides nothing here.
    url: `http://localhost${url}`,
    headers: { get, has: (name) => get(name) !== null },
    body: { [Symbol.asyncIterator]: () => pieces(message) },
    arrayBuffer: () => gather(message),
  }
}

async function* pieces(message: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  if (isTaken(message)) throw bodyTaken()
  try {
    // Whoever stops reading half-way still answers: the connection stays.
    yield* message.iterator({ destroyOnReturn: false })
  } catch {
    throw cutOff()
  }
}

const gather = (message: IncomingMessage): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    if (isTaken(message)) return reject(bodyTaken())
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

/** A parser mounted before has read it: there is nothing more to come. */
const isTaken = ({ readableEnded, headers }: IncomingMessage): boolean =>
  readableEnded && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)

const bodyTaken = (): HttpProblem =>
  new HttpProblem(
    500,
    "http/body_taken",
    "Somebody has read the body before the service could. Mount the service before any body parser; nothing was kept.",
  )
