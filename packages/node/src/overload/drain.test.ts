import { once } from "node:events"
import { request as connect } from "node:http"
import { expect, it } from "vitest"
import { serve } from "../serve.ts"

const hello = new TextEncoder().encode(": hello\n\n")
const events = { headers: { "content-type": "text/event-stream" } }

/** A handler that answers `/slow` when it is told to, and streams `/stream` without an end. */
const start = async () => {
  let finish = () => {}
  let began = () => {}
  const slow = new Promise<void>((resolve) => {
    finish = resolve
  })
  const underWay = new Promise<void>((resolve) => {
    began = resolve
  })
  let closed = 0
  const served = await serve({
    async fetch(request) {
      if (request.url.endsWith("/stream")) {
        return new Response(new ReadableStream({ start: (feed) => feed.enqueue(hello) }), events)
      }
      began()
      await slow
      return new Response("done")
    },
    async close() {
      closed++
    },
  })
  return { served, finish, underWay, closes: () => closed }
}

it("what has begun is finished, what comes later is turned away, and then what it kept is closed, once", async () => {
  const { served, finish, underWay, closes } = await start()
  const answer = fetch(`${served.url}/slow`)
  await underWay
  const stopped = Promise.all([served.stop(), served.stop()])
  await expect(fetch(`${served.url}/slow`)).rejects.toThrow()
  expect(closes()).toBe(0)
  finish()
  expect(await (await answer).text()).toBe("done")
  await stopped
  expect(closes()).toBe(1)
})

it("a stream ends properly, so that its reader comes back to another server", async () => {
  const { served } = await start()
  const response = await fetch(`${served.url}/stream`)
  const text = response.text()
  await served.stop()
  expect(await text).toMatch(/^: hello\n\n: the service is stopping/)
})

it.each(["a service", "any other handler"])(
  "a stream of %s that began while it stops ends at once, too",
  async (of) => {
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const body = () => new ReadableStream({ start: (feed) => feed.enqueue(hello) })
    const served = await serve({
      fetch: () => begun.then(() => new Response(body(), events)),
      ...(of === "a service" && { handle: () => begun.then(() => ({ status: 200, ...events, body: body() })) }),
    })
    const response = fetch(`${served.url}/stream`)
    await once(served.server, "request")
    const stopped = served.stop({ within: 3_000 })
    begin()
    expect(await (await response).text()).toMatch(/: the service is stopping/)
    await stopped
  },
)

it("what does not end in time is broken off", async () => {
  const { served, underWay } = await start()
  const answer = fetch(`${served.url}/slow`)
  await underWay
  await Promise.all([served.stop({ within: 10 }), expect(answer).rejects.toThrow()])
})

it("an idle connection that is kept alive holds nothing up", async () => {
  const { served, finish } = await start()
  finish()
  const request = connect(`${served.url}/slow`, { headers: { connection: "keep-alive" } }).end()
  const [response] = await once(request, "response")
  response.resume()
  await once(response, "end")
  await served.stop()
  expect(served.server.listening).toBe(false)
})
