import { expect, it } from "vitest"
import { readForm } from "./read-form.ts"

const multipart = "multipart/form-data; boundary=b"
const query = "application/x-www-form-urlencoded"
const read = (type: string, body: string) =>
  readForm({ headers: new Headers({ "content-type": type }), body: Buffer.from(body, "latin1") })
const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
const file = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n'

it("reads every byte of a value, in both forms", async () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  const escaped = [...all].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")
  expect((await read(query, `x=1&a=${escaped}`))?.field("a")).toEqual(all)
  const text = `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${all.toString("latin1")}\r\n--b--\r\n`
  expect((await read(multipart, text))?.field("a")).toEqual(all)
  expect((await read(query, "a=one+two%"))?.field("a")?.toString()).toBe("one two%")
})

it.each([
  ["another type", "text/plain", "a=b"],
  ["pairs without end", query, "a=b&".repeat(1_000)],
  ["parts without end", multipart, `${part.repeat(1_000)}--b--\r\n`],
  ["files without end", multipart, `${file.repeat(1_000)}--b--\r\n`],
  [
    "two boundaries, of which one is counted and the other read",
    "multipart/form-data; boundary=z; boundary=b",
    `${part}--b--\r\n`,
  ],
  ["no boundary", "multipart/form-data", `${part}--b--\r\n`],
  ["a file that breaks off", multipart, file.slice(0, -5)],
])("%s is no form", async (_, type, body) => {
  expect(await read(type, body)).toBeUndefined()
})

it("a form of a few hundred parts is one", async () => {
  expect((await read(multipart, `${part.repeat(300)}--b--\r\n`))?.field("a")?.toString()).toBe("x")
  expect((await read(query, "a=b&".repeat(300)))?.field("a")?.toString()).toBe("b")
})
