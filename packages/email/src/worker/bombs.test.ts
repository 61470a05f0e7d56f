import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseMail } from "../parse/parse-mail.ts"
import { bombs } from "./bombs.fixture.ts"
import { createMailReader } from "./create-mail-reader.ts"
import { longestBlock } from "./longest-block.fixture.ts"

const reader = createMailReader()
const blocks = new Map<string, number>()

beforeAll(async () => {
  await reader.read("From: ada@mail.example\r\n\r\nhello")
}, 60_000)
afterAll(async () => {
  await reader.close()
  const longest = [...blocks].reduce((a, b) => (a[1] > b[1] ? a : b))
  console.log(`longest block of the main thread: ${longest[1].toFixed(1)} ms, by ${longest[0]}`)
})

describe("a mail that is made to cost much", () => {
  it.each(bombs)(
    "%s: is read or refused with a code, and holds up nobody",
    async (name, build) => {
      const raw = build()
      let answer: Awaited<ReturnType<typeof reader.read>> | undefined
      let block = Number.POSITIVE_INFINITY
      // What a mail costs it costs each time; a pause of the machine does not come three times.
      for (let attempt = 0; block >= 100 && attempt < 3; attempt++) {
        const again = await longestBlock(async () => {
          answer = await reader.read(raw)
        })
        block = Math.min(block, again)
      }
      blocks.set(name, block)
      expect(answer).toBeDefined()
      if (answer?.ok === false) expect(answer.code).toMatch(/^mail\/(?:too_[a-z_]+|unreadable|stalled)$/)
      expect(block).toBeLessThan(100)
    },
    60_000,
  )

  it.each([
    ["100,000 empty parts", "mail/too_many_parts"],
    ["parts nested 5,000 deep", "mail/too_deep"],
    ["headers of 300 kB", "mail/too_large"],
    ["60,000 short headers", "mail/too_many_headers"],
    ["a million lines", "mail/too_many_lines"],
  ])("%s: refused before it is parsed, as %s", async (name, code) => {
    const build = new Map(bombs).get(name)
    expect(await parseMail(build?.() ?? "")).toMatchObject({ ok: false, code })
  })

  it("leaves the reader as good as new", async () => {
    expect(await reader.read("From: ada@mail.example\r\n\r\nhello")).toMatchObject({
      ok: true,
      mail: { reply: "hello" },
    })
  }, 60_000)
})
