import { expect, it } from "vitest"
import { createServiceApi, type ServiceApiOptions } from "./service-api.ts"

/** A service that takes these tokens, and the app that is asked for one. */
const open = (options: Pick<ServiceApiOptions, "token">, taken: readonly string[]) => {
  const bearers: (string | null)[] = []
  const send: typeof fetch = async (_, init) => {
    const bearer = new Headers(init?.headers).get("authorization")
    bearers.push(bearer)
    return Response.json({}, { status: taken.some((token) => bearer === `Bearer ${token}`) ? 200 : 401 })
  }
  const api = createServiceApi({ url: "https://context.example", fetch: send, patience: 20, ...options })
  return { api, bearers }
}

it("a token that does not come is waited for only so long, and asked for again", async () => {
  let asked = 0
  const { api } = open({ token: () => (asked++ === 0 ? new Promise(() => {}) : "good") }, ["good"])
  await expect(api.call("GET", "context")).rejects.toMatchObject({ code: "service/unreachable" })
  expect(await api.call("GET", "context")).toEqual({})
})

it("a feed that is closed waits for no token", async () => {
  const { api, bearers } = open({ token: () => new Promise(() => {}) }, [])
  const closing = new AbortController()
  const opening = api.stream("stream", { lastEventId: undefined, signal: closing.signal })
  closing.abort()
  await expect(opening).rejects.toMatchObject({ code: "service/unreachable" })
  expect(bearers).toEqual([])
})

it("a token that could not be had is asked for again", async () => {
  let asked = 0
  const token = async () => {
    if (asked++ === 0) throw new Error("on purpose")
    return "good"
  }
  const { api } = open({ token }, ["good"])
  await expect(api.call("GET", "context")).rejects.toThrow("on purpose")
  expect(await api.call("GET", "context")).toEqual({})
})

it("what was asked at once with a token that has ended asks for one new one", async () => {
  const tokens = ["ended", "good"]
  let asked = 0
  const { api } = open({ token: async () => tokens[asked++] ?? "one too many" }, ["good"])
  expect(await Promise.all([api.call("GET", "context"), api.call("GET", "context")])).toEqual([{}, {}])
  expect(asked).toBe(2)
})

it("a token that is refused after its feed was closed ends nothing else", async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on("unhandledRejection", note)
  const { api } = open({ token: () => Promise.reject(new Error("on purpose")) }, [])
  const opening = api.stream("stream", { lastEventId: undefined, signal: AbortSignal.abort() })
  await expect(opening).rejects.toMatchObject({ code: "service/unreachable" })
  await new Promise((later) => setTimeout(later, 5))
  process.off("unhandledRejection", note)
  expect(unhandled).toEqual([])
})
