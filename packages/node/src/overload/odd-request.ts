import type { IncomingMessage, ServerResponse } from "node:http"
import type { Socket } from "node:net"

/** Why a request that node:http lets through is refused: readers of it could disagree on whom it is for. */
export const oddityOf = ({ url = "", rawHeaders }: IncomingMessage): string | undefined => {
  if (!url.startsWith("/")) return "http/target"
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === "host") hosts++
  return hosts === 1 ? undefined : "http/host"
}

/** Answers 400 and closes: what follows on this connection may not be what it seems. */
export const refuseOddity = (response: ServerResponse, code: string): void => {
  const body = bodyOf(code)
  response.writeHead(400, { "content-type": "application/json", "content-length": body.length, connection: "close" })
  response.end(body)
}

/** Answers what node:http could not read as a request, where that can still be done. */
export const refuseMalformed = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy()
  const [status, code] = malformed[error.code ?? ""] ?? ["400 Bad Request", "http/malformed"]
  const body = bodyOf(code)
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.end(`${head}\r\n\r\n${body}`)
}

const malformed: Readonly<Record<string, readonly [status: string, code: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "http/headers_too_large"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413 Payload Too Large", "http/chunk_extensions"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "http/timeout"],
}

const messages: Readonly<Record<string, string>> = {
  "http/target": "A request names a path, and not a whole address. Send it to the service itself.",
  "http/host": "A request has one Host header. Send it with one.",
  "http/headers_too_large": "The headers are too large: a token has at most 4096 characters. Send fewer.",
  "http/chunk_extensions": "The chunk extensions are too large. Leave them out.",
  "http/timeout": "The request did not arrive in time. Send it again.",
  "http/malformed": "This is not a proper HTTP request. Correct the client that sent it.",
}

const bodyOf = (code: string): string => JSON.stringify({ error: { code, message: messages[code] } })
