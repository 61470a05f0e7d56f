import { connect } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Served, serve } from "../serve.ts"

let served: Served
let asked = 0
beforeAll(async () => {
  served = await serve({
    fetch() {
      asked++
      return new Response("{}")
    },
  })
})
afterAll(() => served.close())

/** Sends bytes as they are, and reads until the service closes. */
const send = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(served.url).port), "127.0.0.1")
    let answer = ""
    socket.on("data", (bytes) => {
      answer += bytes
    })
    socket.on("close", () => resolve(answer))
    socket.on("error", reject)
    socket.write(text)
  })

const host = "Host: localhost\r\n"

it.each([
  ["two hosts", 400, "http/host", `GET / HTTP/1.1\r\n${host}Host: evil\r\n\r\n`],
  ["a whole address", 400, "http/target", `GET http://evil/v1/context HTTP/1.1\r\n${host}\r\n`],
  ["a star", 400, "http/target", `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
  [
    "a length and chunks",
    400,
    "http/malformed",
    `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["two lengths", 400, "http/malformed", `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
  ["a bare line feed", 400, "http/malformed", `GET / HTTP/1.1\n${host.trimEnd()}\nX: y\n\n`],
  [
    "a header of 20 kB",
    431,
    "http/headers_too_large",
    `GET / HTTP/1.1\r\n${host}Authorization: Bearer ${"x".repeat(20_000)}\r\n\r\n`,
  ],
])("%s is answered %i %s and reaches no code of ours", async (_name, status, code, text) => {
  const before = asked
  const answer = await send(text)
  expect(answer).toContain(`HTTP/1.1 ${status} `)
  expect(JSON.parse(answer.slice(answer.indexOf("{"))).error).toMatchObject({ code, message: expect.any(String) })
  expect(asked).toBe(before)
})
