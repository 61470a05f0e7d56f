import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { expect, it } from "vitest"
import { readBody } from "../overload/read-body.ts"
import { toIncoming } from "./to-incoming.ts"

/** What a server makes of a request whose sender goes in the middle of its body; it begins to read then, or before. */
const cutOff = async (header: string, begin: "before" | "after") => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1")
  socket.write(`POST / HTTP/1.1\r\nhost: a\r\n${header}\r\n\r\n8\r\n`)
  const [message] = (await once(server, "request")) as [IncomingMessage]
  const read = () => readBody(toIncoming(message)).catch((thrown: unknown) => thrown)
  const reading = begin === "before" ? read() : undefined
  const closed = once(message, "close").catch(() => undefined)
  socket.destroy()
  await closed
  server.close()
  return reading ?? read()
}

it.each([
  ["content-length: 100", "before"],
  ["content-length: 100", "after"],
  ["transfer-encoding: chunked", "before"],
  ["transfer-encoding: chunked", "after"],
] as const)(
  "a sender that goes in the middle of its body is no failure of the service (%s, %s)",
  async (header, begin) => {
    expect(await cutOff(header, begin)).toMatchObject({ status: 400, code: "http/cut_off" })
  },
)
