import type { Millis } from "@tellonce/core"
import ky, { type Options } from "ky"
import type { Draft } from "./outbox.ts"
import { parseRetryAfter } from "./retry-after.ts"

/** Why a request brought nothing, as a value. No status: no answer that can be read. */
export interface Failure {
  readonly ok: false
  readonly code: string
  readonly message: string
  readonly status?: number | undefined
  readonly retryAfter?: Millis | undefined
  readonly cause?: unknown
  /** In the nature of things: to be tried again, not to be told. */
  readonly quiet?: true
}

export type Answer = { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | Failure

/** The service over HTTP. Nothing here throws or tries twice: the loops above know when it is worth it. */
export interface Service {
  openVisitor(key: string): Promise<Answer>
  sendSignals(signals: readonly Draft[], token: string, options?: { readonly keepalive: boolean }): Promise<Answer>
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

export interface ServiceOptions {
  readonly url: string
  readonly now: () => Millis
  /** Gets the `now` of every answer. */
  readonly learn: (now: unknown) => void
  /** For a whole request, its answer read to the end. */
  readonly timeout?: Millis
}

export const createService = ({ url, now, learn, timeout = 15_000 }: ServiceOptions): Service => {
  const http = ky.create({
    prefixUrl: `${url.replace(/\/+$/, "")}/v1`,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })

  const post = async (path: string, token: string, options: Options): Promise<Answer> => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new DOMException("No answer in time.", "TimeoutError")), timeout)
    try {
      const response = await http.post(path, { ...options, headers: bearer(token), signal: limit.signal })
      // Always to the end: a keepalive answer left unread holds on to the page's quota.
      const body = parseBody(await response.text())
      if (!response.ok) return toFailure(response, body, now())
      if (body === undefined) return garbled(response.status)
      learn(body.now)
      return { ok: true, body }
    } catch (cause) {
      return unreachable(cause)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    openVisitor: (key) => post("visitors", key, {}),
    sendSignals: (signals, token, { keepalive } = { keepalive: false }) =>
      post("signals", token, { json: { signals }, keepalive }),
    async openStream({ token, identity, lastEventId, signal }) {
      const headers = { ...bearer(token), accept: "text/event-stream", "last-event-id": lastEventId }
      try {
        const response = await http.get("stream", { headers, searchParams: { identity }, signal, cache: "no-store" })
        if (!response.ok) return toFailure(response, parseBody(await response.text()), now())
        return response.body ? { ok: true, stream: response.body } : garbled(response.status)
      } catch (cause) {
        return unreachable(cause)
      }
    },
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const parseBody = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const toFailure = (response: Response, body: Readonly<Record<string, unknown>> | undefined, now: Millis): Failure => {
  const { code, message } = (body?.error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  const { status } = response
  return {
    ok: false,
    code: typeof code === "string" ? code : `http/${status}`,
    message: typeof message === "string" ? message : `The service answered ${status}. See its log for the reason.`,
    status,
    retryAfter: parseRetryAfter(response.headers.get("retry-after"), now),
  }
}

export const garbled = (status: number): Failure => ({
  ok: false,
  code: "service/garbled",
  message: `An answer with status ${status} is not the service's. Is there a proxy or a login page before it? Signals are kept.`,
})

const unreachable = (cause: unknown): Failure => ({
  ok: false,
  code: "service/unreachable",
  message: "The service cannot be reached. Signals are kept and sent when it answers; check the url if it never does.",
  cause,
})
