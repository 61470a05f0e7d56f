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
  /** Unless another has been asked for since. */
  const forget = (asked: Promise<string>) => {
    if (granted === asked) granted = undefined
  }
  const request = async (path: string, init: Init, isAgain = false): Promise<Response> => {
    granted ??= Promise.resolve(typeof token === "function" ? token() : token)
    const asked = granted
    const bearer = await unlessAborted(asked, init.signal).catch((error: unknown) => {
      forget(asked)
      throw error
    })
    const headers = { ...init.headers, authorization: `Bearer ${bearer}` }
    const response = await reach(() =>
      (send ?? fetch)(base + path, { ...init, headers, cache: "no-store", credentials: "omit" }),
    )
    if (response.ok) return response
    if (response.status === 401 && typeof token === "function" && !isAgain) {
      forget(asked)
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

interface Init extends RequestInit {
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

const reach = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask()
  } catch (cause) {
    throw unreachable(cause)
  }
}

/** What the app promises, waited for no longer than the signal says. */
const unlessAborted = <Answer>(promised: Promise<Answer>, signal: AbortSignal): Promise<Answer> =>
  new Promise((answered, refused) => {
    const end = () => refused(unreachable(signal.reason))
    promised.then(answered, refused).finally(() => signal.removeEventListener("abort", end))
    if (signal.aborted) end()
    else signal.addEventListener("abort", end)
  })

const unreachable = (cause: unknown): TellonceError =>
  new TellonceError("service/unreachable", "The service cannot be reached. Try again in a moment.", { cause })

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
