import { beforeEach, expect, it } from "vitest"
import { type FeedEvent, type FollowOptions, followStream } from "./follow-stream.ts"
import type { ServiceApi } from "./service-api.ts"

const patience = 45_000

let closing: AbortController
let waits: number[]
let places: (string | undefined)[]
let said: string[]
beforeEach(() => {
  closing = new AbortController()
  waits = []
  places = []
  said = []
})

/** Each connection brings these bytes and ends; before the one after the last it is closed. */
const follow = (connections: readonly string[], options: Partial<FollowOptions> = {}) => {
  const api = {
    stream: async (_path: string, { lastEventId }: { readonly lastEventId: string | undefined }) => {
      places.push(lastEventId)
      return new Blob([connections[places.length - 1] ?? ""]).stream()
    },
  } as unknown as ServiceApi
  return followStream({
    api,
    path: "stream",
    signal: closing.signal,
    sleep: async (time, signal) => {
      if (time === patience) return new Promise((woken) => signal.addEventListener("abort", () => woken()))
      waits.push(time)
      if (places.length === connections.length) closing.abort()
    },
    random: () => 0,
    onEvent: async () => {},
    onConnection: (connection) => said.push(connection),
    onError: () => {},
    ...options,
  })
}

const event = (id: number) => `id: ${id}\nevent: signals\ndata: {}\n\n`

it("it comes back where it was, at once after what it could take", async () => {
  await follow([event(4) + event(5), "", "", event(6), ""])
  expect(places).toEqual([undefined, "5", "5", "5", "6"])
  expect(waits).toEqual([500, 1_000, 2_000, 500, 1_000])
})

it("after what cannot be taken it begins anew, less and less often", async () => {
  const onEvent = async ({ body }: FeedEvent) => {
    if (body.signals === "unfit") throw new Error("on purpose")
  }
  const garbled = "id: 5\ndata: {\n\n"
  const unfit = 'id: 6\ndata: {"signals":"unfit"}\n\n'
  await follow([event(4) + garbled, unfit, garbled, unfit], { onEvent })
  expect(places).toEqual([undefined, undefined, undefined, undefined])
  expect(waits).toEqual([500, 1_000, 2_000, 4_000])
})

it("closed while it waits, it says nothing more", async () => {
  await follow([event(4)])
  expect(said).toEqual(["connecting", "live", "offline"])
})
