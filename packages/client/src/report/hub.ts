import { type Fields, isTellonceError, TellonceError } from "@tellonce/core"
import type { ClientEvents, ClientOptions } from "../client-options.ts"
import { createEvents, type Events } from "./events.ts"

/** Where everything that happens goes out to the page, and nothing comes back as an exception. */
export interface Hub<F extends Fields> extends Events<ClientEvents<F>> {
  report(thrown: unknown): void
  /** For what runs code of the page. Undefined when it throws, which is reported. */
  attempt<Result>(work: () => Result): Result | undefined
}

export const createHub = <F extends Fields>({
  onError,
  debug,
}: Pick<ClientOptions<F>, "onError" | "debug">): Hub<F> => {
  const tell = (error: TellonceError) => {
    try {
      onError?.(error)
    } catch (thrown) {
      // There is no one left to tell.
      if (debug) console.error("[tellonce] onError", thrown)
    }
  }
  const events = createEvents<ClientEvents<F>>((cause, event) => {
    const error = new TellonceError("client/listener", `A listener to "${event}" threw. See the cause.`, {
      cause,
    })
    // A listener to errors that throws must not be told of it, for ever.
    if (event === "error") tell(error)
    else report(error)
  })
  const emit: Events<ClientEvents<F>>["emit"] = (event, payload) => {
    if (debug) console.debug(`[tellonce] ${event}`, payload)
    events.emit(event, payload)
  }
  const report = (thrown: unknown) => {
    const error = isTellonceError(thrown) ? thrown : unexpected(thrown)
    emit("error", error)
    tell(error)
  }
  const attempt: Hub<F>["attempt"] = (work) => {
    try {
      return work()
    } catch (thrown) {
      return void report(thrown)
    }
  }
  return { ...events, emit, report, attempt }
}

const unexpected = (cause: unknown): TellonceError =>
  new TellonceError("client/unexpected", "Unexpected. See the cause.", { cause })
