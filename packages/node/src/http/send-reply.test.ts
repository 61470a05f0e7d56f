import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { expect, it } from "vitest"
import { sendReply } from "./send-reply.ts"

/** More than a system takes for a reader that does not read. */
const much = new Uint8Array(32 * 1_024 * 1_024)

it("a stream that breaks off while its reader stands still ends the connection, though nothing was taken", async () => {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
      given.enqueue(much)
    },
  })
  const answers: ServerResponse[] = []
  const server = createServer((_, response) => {
    answers.push(response)
    void sendReply({ status: 200, headers: { "content-type": "text/event-stream" }, body }, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const reader = connect((server.address() as AddressInfo).port, "127.0.0.1")
  reader.pause()
  reader.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
  await once(server, "request")
  await expect.poll(() => answers[0]?.writableNeedDrain).toBe(true)
  const [response] = answers
  const closed = response && once(response, "close")
  controller?.error(new Error("The reader has stood still."))
  await closed
  expect([response?.destroyed, response?.writableFinished]).toEqual([true, false])
  reader.destroy()
  server.close()
})

it("a reader that has gone before its answer was ready takes nothing, and the stream learns of it", async () => {
  let cancelled = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (feed) => feed.enqueue(new Uint8Array(10)),
    cancel: () => void cancelled++,
  })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const reader = connect((server.address() as AddressInfo).port, "127.0.0.1")
  reader.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse]
  const closed = once(response, "close")
  reader.destroy()
  await closed
  await sendReply({ status: 200, headers: { "content-type": "application/x-ndjson" }, body }, response)
  expect(cancelled).toBe(1)
  server.close()
})
