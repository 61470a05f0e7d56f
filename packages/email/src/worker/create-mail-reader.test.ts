import { afterEach, describe, expect, it } from "vitest"
import { maxMailBytes, parseMail } from "../parse/parse-mail.ts"
import { createMailReader, type MailReader, type MailReaderOptions } from "./create-mail-reader.ts"

const raw =
  "From: Ada <ada@mail.example>\r\nSubject: Grinder\r\nX-Tag: a\r\nX-Tag: b\r\n\r\nIt is stuck.\r\n\r\n> What?"
const patience = 60_000
const open: MailReader[] = []
const reader = (options: MailReaderOptions = {}): MailReader => {
  const made = createMailReader(options)
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** A thread of our own making, to see what becomes of a mail that it fails. */
const thread = (onMail: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from "node:worker_threads"
      const answer = { ok: false, code: "mail/echo", message: "" }
      parentPort.on("message", (mail) => { ${onMail} })
      parentPort.postMessage("ready")`)}`,
  )
const failing = (fault: string) => thread(`if (mail === "bad") { ${fault} } else parentPort.postMessage(answer)`)

it(
  "reads as parseMail does, in a thread of its own",
  async () => {
    const here = await parseMail(raw)
    const there = await reader().read(raw)
    const bytes = await reader().read(new TextEncoder().encode(raw))
    if (!here.ok || !there.ok || !bytes.ok) throw new Error("a plain mail was refused")
    expect({ ...there.mail, headers: 0 }).toEqual({ ...here.mail, headers: 0 })
    expect({ ...bytes.mail, headers: 0 }).toEqual({ ...here.mail, headers: 0 })
    expect(there.mail.headers("x-TAG")).toEqual(["a", "b"])
  },
  patience,
)

it(
  "takes a mail out of a larger buffer, and leaves the buffer as it was",
  async () => {
    const bytes = new TextEncoder().encode(`pad${raw}pad`)
    const mail = await reader().read(bytes.subarray(3, -3))
    expect(mail).toMatchObject({ ok: true, mail: { reply: "It is stuck.", text: expect.stringMatching(/What\?\n$/) } })
    expect(new TextDecoder().decode(bytes)).toBe(`pad${raw}pad`)
  },
  patience,
)

describe("a mail that its thread does not get over", () => {
  it.each([
    ["it never ends", "for (;;) {}"],
    ["it takes all memory", "const all = []; for (;;) all.push(new Array(1e5).fill(mail))"],
    ["it throws", 'throw new Error("no")'],
    ["the thread leaves", "process.exit(1)"],
  ])(
    "is refused, and the next one is read: %s",
    async (_, fault) => {
      const own = reader({ file: failing(fault), deadline: 3_000, memory: 32 })
      expect(await own.read("good")).toMatchObject({ code: "mail/echo" })
      expect(await own.read("bad")).toMatchObject({ ok: false, code: "mail/stalled" })
      expect(await own.read("good")).toMatchObject({ code: "mail/echo" })
    },
    patience,
  )
})

describe("more mails than threads", () => {
  it("wait for their turn, as many as may", async () => {
    const own = reader({ file: thread("setTimeout(() => parentPort.postMessage(answer), 20)"), threads: 2, waiting: 2 })
    const codes = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const read = await own.read("mail")
        return read.ok ? "ok" : read.code
      }),
    )
    expect(codes).toEqual(["mail/echo", "mail/echo", "mail/echo", "mail/echo", "mail/busy", "mail/busy"])
  })

  it("are refused when the reader is closed, and so is what comes later", async () => {
    const own = reader({ file: thread("") })
    const reads = [own.read("at work"), own.read("waiting")]
    await own.close()
    const codes = await Promise.all(reads)
    expect(codes).toMatchObject([{ code: "mail/stalled" }, { code: "mail/closed" }])
    expect(await own.read("late")).toMatchObject({ code: "mail/closed" })
  })
})

it("a mail that is too large never reaches a thread", async () => {
  const own = reader({ file: new URL("file:///nowhere.mjs") })
  expect(await own.read("x".repeat(maxMailBytes + 1))).toMatchObject({ code: "mail/too_large" })
})

it("says what to do when a bundler has lost the thread's file", async () => {
  const own = reader({ file: new URL("file:///nowhere.mjs") })
  for (const _ of [1, 2]) {
    await expect(own.read(raw)).rejects.toMatchObject({
      code: "mail/no_thread",
      message: expect.stringContaining("@tellonce/email/worker"),
    })
  }
})
