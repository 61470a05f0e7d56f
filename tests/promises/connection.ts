import { connect } from "node:net"

export interface Answer {
  readonly status: number
  /** Seconds; undefined where the answer does not say. */
  readonly retryAfter: number | undefined
  /** From the bytes handed to the socket to the whole answer. */
  readonly ms: number
  readonly text: string
}

/** One connection that sends bytes made beforehand and reads only what is needed of an answer: the sender is to cost little. */
export interface Connection {
  /** One at a time. Rejects when the connection breaks. */
  send(bytes: Buffer): Promise<Answer>
  isOpen(): boolean
  /** Resolves when it is connected. */
  readonly connected: Promise<void>
  close(): void
}

interface Waiting {
  readonly began: number
  resolve(answer: Answer): void
  reject(reason: unknown): void
}

export const openConnection = (port: number): Connection => {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true })
  let waiting: Waiting | undefined
  let heard = ""
  let isOpen = true
  const end = () => {
    isOpen = false
    waiting?.reject(new Error("The connection broke before the answer."))
    waiting = undefined
  }
  const connected = new Promise<void>((resolve) => socket.once("connect", resolve))
  socket.on("error", end)
  socket.on("close", end)
  socket.on("data", (chunk) => {
    heard += chunk.toString("latin1")
    const answer = readAnswer(heard)
    if (answer === undefined || waiting === undefined) return
    const { began, resolve } = waiting
    waiting = undefined
    heard = ""
    if (answer.closes) isOpen = false
    resolve({ ...answer, ms: performance.now() - began })
  })
  return {
    isOpen: () => isOpen,
    connected,
    close: () => socket.destroy(),
    send: (bytes) =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(new Error("The connection is closed."))
        waiting = { began: performance.now(), resolve, reject }
        socket.write(bytes)
      }),
  }
}

/** Undefined while some of it is still on its way. */
const readAnswer = (heard: string) => {
  const end = heard.indexOf("\r\n\r\n")
  if (end === -1) return undefined
  const head = heard.slice(0, end)
  const text = heard.slice(end + 4)
  const headerOf = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim()
  const length = headerOf("content-length")
  if (length === undefined ? !text.endsWith("0\r\n\r\n") : text.length < Number(length)) return undefined
  const retryAfter = headerOf("retry-after")
  return {
    status: Number(head.slice(9, 12)),
    retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
    closes: headerOf("connection")?.toLowerCase() === "close",
    text,
  }
}

/** The bytes of one request. */
export const toRequest = (
  method: string,
  path: string,
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer } = {},
): Buffer => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = body === undefined ? "" : `content-length: ${Buffer.byteLength(body)}\r\n`
  const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join("")}${length}\r\n`
  return Buffer.concat([Buffer.from(head), Buffer.from(body ?? "")])
}
