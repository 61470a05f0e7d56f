import { delay, HttpResponse } from "msw"

/**
 * How a request can go wrong: with a status; cut before it arrives (`network`); kept but its answer lost (`lost-answer`); answered
 * with a login page (`garbage`); never answered (`hang`).
 */
export type FakeFault = number | "network" | "lost-answer" | "garbage" | "hang"

export interface FakeFaultOptions {
  /** Only requests to this path, such as `/v1/signals`. */
  readonly path?: string
  /** The Retry-After header of a status. */
  readonly retryAfter?: number | string
}

export interface FakeFaults {
  /** The next so many requests go wrong like this. */
  plan(times: number, fault: FakeFault, options?: FakeFaultOptions): void
  /** All is well again. */
  clear(): void
  /** Answers with the fault that is due for this path, or as the service would. */
  answer(path: string, serve: () => Promise<Response> | Response): Promise<Response>
}

export const createFakeFaults = (): FakeFaults => {
  const planned: ({ readonly fault: FakeFault; left: number } & FakeFaultOptions)[] = []
  return {
    plan(times, fault, options = {}) {
      planned.push({ fault, left: times, ...options })
    },
    clear: () => void planned.splice(0),
    async answer(path, serve) {
      const due = planned.find((one) => one.left > 0 && (one.path === undefined || one.path === path))
      if (due === undefined) return serve()
      due.left--
      if (due.fault === "lost-answer") await serve()
      if (due.fault === "hang") await delay("infinite")
      if (due.fault === "garbage") return HttpResponse.html("<!doctype html><title>Sign in to the WiFi</title>")
      if (typeof due.fault !== "number") return HttpResponse.error()
      const headers = due.retryAfter === undefined ? {} : { "retry-after": String(due.retryAfter) }
      const error = { code: `fake/${due.fault}`, message: "This fault was planned by the test." }
      return HttpResponse.json({ error }, { status: due.fault, headers })
    },
  }
}
