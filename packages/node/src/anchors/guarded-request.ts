import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http"
import { request as tlsRequest } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import { TellonceError } from "@tellonce/core"

export interface Address {
  readonly address: string
  readonly family: number
}

export interface GuardedInit {
  readonly method?: "GET" | "POST" | "PUT"
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Limits {
  /** Where it may connect: checked already, and nowhere else. */
  readonly addresses: readonly Address[]
  readonly mostBytes: number
  readonly signal: AbortSignal
}

/** One request over a connection of its own to one of these addresses; the answer is read whole. */
export const request = (url: URL, init: GuardedInit, limits: Limits): Promise<Response> =>
  new Promise((resolve, reject) => {
    const fail = (thrown: unknown) => reject(limits.signal.aborted ? tooSlow() : toFailure(thrown))
    const send = url.protocol === "https:" ? tlsRequest : plainRequest
    const sent = send(url, toOptions(url, init, limits), (answer) => {
      toResponse(answer, limits.mostBytes).then(resolve, (thrown) => {
        sent.destroy()
        fail(thrown)
      })
    })
    sent.on("error", fail)
    sent.on("upgrade", (_answer, socket) => {
      socket.destroy()
      fail(undefined)
    })
    sent.end(init.body)
  })

const toOptions = (
  url: URL,
  { method = "GET", headers }: GuardedInit,
  { addresses, signal }: Limits,
): RequestOptions => ({
  method,
  headers: { "accept-encoding": "identity", ...headers },
  // A pooled connection could have been opened by someone who checked nothing.
  agent: false,
  signal,
  lookup: answerWith(addresses),
  // TLS checks the name that was asked for, not the address; an address has no name to send.
  ...(url.protocol === "https:" && isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0 && { servername: url.hostname }),
})

const answerWith =
  (addresses: readonly Address[]): LookupFunction =>
  (_hostname, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, [...addresses])
    else callback(null, first?.address ?? "", first?.family)
  }

const toResponse = async (answer: IncomingMessage, mostBytes: number): Promise<Response> => {
  const { statusCode: status = 502, headers } = answer
  if (status >= 300 && status < 400) {
    throw new TellonceError(
      "fetch/redirect",
      "The other side sends the caller elsewhere, which is not followed. Allow and call that place itself.",
    )
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > mostBytes)
      throw new TellonceError("fetch/too_large", `The answer is larger than ${mostBytes} bytes. Ask for less.`)
    chunks.push(chunk)
  }
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  )
  return new Response(status === 204 || status === 205 ? null : Buffer.concat(chunks), {
    status,
    headers: kept.map(([...pair]) => pair),
  })
}

const toFailure = (thrown: unknown): TellonceError =>
  thrown instanceof TellonceError
    ? thrown
    : new TellonceError("fetch/failed", "The other side could not be reached or broke off. Try again.", {
        cause: thrown,
      })

const tooSlow = () => new TellonceError("fetch/timeout", "The other side was too slow.")
