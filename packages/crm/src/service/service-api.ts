import { type Millis, TellonceError } from "@tellonce/core"

export interface ServiceApiOptions {
  /** Where the service is, without `/v1`. */
  readonly url: string
  /** The agent's token; as a function, asked before the first request and again when it is refused. */
  readonly token: string | (() => string | Promise<string>)
  readonly fetch?: typeof globalThis.fetch | undefined
  /** How long an answer is waited for; 15 seconds unless told. */
  readonly patience?: Millis | undefined
}

/** The routes of the service, with the agent's token. It is kept in memory alone: in a frame of another site there are no cookies. */
export interface ServiceApi {
  /** The answer's body. Throws a TellonceError with the service's own code and words when it refuses, `service/unreachable` when it does not answer. */
  call(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Readonly<Record<string, unknown>>>
  stream(
    path: string,
    options: { readonly lastEventId: string | undefined; readonly signal: AbortSignal },
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
}

export const createServiceApi = (options: ServiceApiOptions): ServiceApi => {
  const { url, token, fetch: send, patience = 15_000 } = options
  const base = `${url.replace(/\/+$/, "")}/v1/`
  let granted: Promise<string> | undefined
  const grant = () => {
    granted ??= Promise.resolve(typeof token === "function" ? token() : token)
    // One that could not be had is asked for again.
    granted.catch(() => {
      granted = undefined
    })
    return granted
  }
  const request = async (path: string, init: RequestInit, isAgain = false): Promise<Response> => {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${await grant()}` }
    const response = await reach(() =>
      (send ?? fetch)(base + path, { ...init, headers, cache: "no-store", credentials: "omit" }),
    )
    if (response.ok) return response
    if (response.status === 401 && typeof token === "function" && !isAgain) {
      granted = undefined
      return request(path, init, true)
    }
    throw await toError(response)
  }
  return {
    async call(method, path, body) {
      const content = body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }
      const response = await request(path, { method, ...content, signal: AbortSignal.timeout(patience) })
      const answer = parse(await reach(() => response.text()))
      return typeof answer === "object" && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {}
    },
    async stream(path, { lastEventId, signal }) {
      const resume = lastEventId === undefined ? {} : { "last-event-id": lastEventId }
      const { body } = await request(path, { signal, headers: { accept: "text/event-stream", ...resume } })
      if (body) return body as ReadableStream<Uint8Array<ArrayBuffer>>
      throw new TellonceError("feed/empty", "The live feed came without a body. It is opened again.")
    },
  }
}

const reach = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask()
  } catch (cause) {
    throw new TellonceError("service/unreachable", "The service cannot be reached. Try again in a moment.", { cause })
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const toError = async (response: Response): Promise<TellonceError> => {
  const body = (await response.json().catch(() => undefined)) as { readonly error?: unknown } | undefined
  const { code, message } = (body?.error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  return new TellonceError(
    typeof code === "string" ? code : `http/${response.status}`,
    typeof message === "string" ? message : `The service answered ${response.status}. See its log for the reason.`,
  )
}
