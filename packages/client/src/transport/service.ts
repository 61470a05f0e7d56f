import type { Millis } from "@tellonce/core"
import ky, { type Options } from "ky"
import type { Draft } from "../kept/outbox.ts"
import type { OpenedVisitor } from "../who/visitor.ts"
import { type Answer, type AnswerOptions, createReadAnswer, type Failure, garbled, type ReadAnswer } from "./answer.ts"
import { parseVisitor } from "./parse-visitor.ts"

/** The service over HTTP. Nothing here throws or tries twice: the loops above know when it is worth it. */
export interface Service {
  openVisitor(key: string): Promise<OpenedVisitor>
  readonly readAnswer: ReadAnswer
  sendSignals(signals: readonly Draft[], token: string): Promise<Answer>
  /** The open stream; it goes on until `signal` aborts. */
  openStream(
    options: StreamOptions,
  ): Promise<{ readonly ok: true; readonly stream: ReadableStream<Uint8Array<ArrayBuffer>> } | Failure>
}

export interface StreamOptions {
  readonly token: string
  /** `kind:value`; absent for a token that has an identity of its own. */
  readonly identity: string | undefined
  readonly lastEventId: string | undefined
  readonly signal: AbortSignal
}

export interface ServiceOptions extends AnswerOptions {
  /** The address of the interface, with a slash at its end. */
  readonly base: string
  /** The page's own, looked up at each call, unless told. */
  readonly fetch: typeof fetch | undefined
  /** For a whole request, its answer read to the end. */
  readonly timeout?: Millis
}

export const createService = (options: ServiceOptions): Service => {
  const { base, timeout = 15_000 } = options
  const readAnswer = createReadAnswer(options)
  const http = ky.create({
    prefixUrl: base,
    fetch: (request, init) => (options.fetch ?? fetch)(request, init),
    // One try: when the next is due, the loops above decide, for they know what the service asked for.
    retry: 0,
    // Its own ends with the head of an answer.
    timeout: false,
    throwHttpErrors: false,
  })
  const post = async (path: string, token: string, content: Options = {}): Promise<Answer> => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), timeout)
    try {
      const response = await http.post(path, { ...content, headers: bearer(token), signal: limit.signal })
      return readAnswer({ response, text: await response.text() }, token)
    } catch (cause) {
      return unreachable(cause)
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    readAnswer,
    async openVisitor(key) {
      const answer = await post("visitors", key)
      const visitor = answer.ok ? parseVisitor(answer.body) : undefined
      if (visitor) return { ok: true, visitor }
      return answer.ok ? garbled(201) : answer
    },
    sendSignals: (signals, token) => post("signals", token, { json: { signals } }),
    async openStream({ token, identity, lastEventId, signal }) {
      const headers = { ...bearer(token), accept: "text/event-stream", "last-event-id": lastEventId }
      try {
        const response = await http.get("stream", { headers, searchParams: { identity }, signal, cache: "no-store" })
        if (response.ok) return response.body ? { ok: true, stream: response.body } : garbled(response.status)
        const answer = readAnswer({ response, text: await response.text() }, token)
        return answer.ok ? garbled(response.status) : answer
      } catch (cause) {
        return unreachable(cause)
      }
    },
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const unreachable = (cause: unknown): Failure => ({
  ok: false,
  code: "service/unreachable",
  message: "The service cannot be reached; signals are kept. Check the url.",
  cause,
})
