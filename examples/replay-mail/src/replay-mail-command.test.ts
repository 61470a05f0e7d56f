import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { replayMailCommand } from "./replay-mail-command.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replay-mail-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = async (...args: string[]) => {
  const out: string[] = []
  const error: string[] = []
  let time = 0
  const terminal = {
    out: (line: string) => out.push(line),
    error: (line: string) => error.push(line),
    now: () => ++time,
  }
  return { code: await replayMailCommand(args, terminal), out: out.join("\n"), error: error.join("\n") }
}

const quote = "\n\n2024年5月6日(月) 10:00 Acme <help@acme.example>:\n\nHow are you?"
const mails = [
  {
    file: "right.txt",
    format: "text-body",
    text: `Yes.${quote}`,
    expect: { kind: "plain", match: "exact", reply: "Yes." },
  },
  { file: "wrong.txt", format: "text-body", text: "Yes.", expect: { kind: "plain", match: "exact", reply: "No." } },
  {
    file: "signed.txt",
    format: "text-body",
    text: "Yes.\n\nThanks,\nAda",
    expect: { kind: "plain", match: "exact", reply: "Yes.", sender: "Ada" },
  },
  {
    file: "marked.html",
    format: "html-body",
    text: '<p>Yes.</p><div class="gmail_quote">Why?</div>',
    expect: { kind: "html", match: "ws_insensitive", reply: "Yes." },
  },
  {
    file: "bounce.eml",
    format: "rfc822",
    text: 'From: "" (Mail)\nReturn-Path: <>\n\nsorry',
    expect: { kind: "bounce", match: "none", reply: null },
  },
  {
    file: "away.eml",
    format: "rfc822",
    text: "From: ada@mail.example\nAuto-Submitted: auto-replied\n\nI am away.",
    expect: { kind: "autoreply", match: "none", reply: null },
  },
  { file: "none.eml", format: "rfc822", text: "no mail", expect: { kind: "malformed", match: "none", reply: null } },
]
const writeAll = () => {
  for (const { file, text } of mails) writeFileSync(join(folder, file), text)
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(mails.map(({ text: _, ...entry }) => entry)))
}

describe("npm run replay:mail", () => {
  it("says that there is nothing at the path, and exits with 2", async () => {
    const { code, error, out } = await run(join(folder, "nowhere"))
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(error).toContain("There are no mails at")
    writeFileSync(join(folder, "manifest.json"), "[]")
    expect(await run(folder)).toMatchObject({ code: 2, error: expect.stringContaining("There are no mails at") })
  })

  it("explains itself when called without a folder", async () => {
    expect(await run("--json")).toMatchObject({ code: 2, error: expect.stringContaining("Usage") })
  })

  it("ends with one line of JSON: right and wrong per kind, beside the library alone", async () => {
    writeAll()
    const { code, out } = await run(folder, "--json")
    expect(code).toBe(0)
    expect(out).not.toContain("\n")
    expect(JSON.parse(out)).toMatchObject({
      mails: 7,
      expected: 4,
      right: 3,
      wrong: 1,
      libraryRight: 0,
      kinds: { plain: { expected: 3, right: 2 }, html: { expected: 1, right: 1 }, bounce: { expected: 0 } },
      bounces: { expected: 1, flagged: 1 },
      autoReplies: { expected: 1, flagged: 1 },
      takenForMachines: [],
      refused: { "none.eml": "mail/not_a_mail" },
      thrown: 0,
      slowestMs: 1,
      wrongFiles: ["wrong.txt"],
    })
  }, 60_000)

  it("prints a table a person can read", async () => {
    writeAll()
    const { out } = await run(folder)
    expect(out).toMatch(/^plain +2 of 3 +1 +0 of 3$/m)
    expect(out).toMatch(/^all +3 of 4 +1 +0 of 4$/m)
    expect(out).toContain("bounces flagged 1 of 1")
    expect(out).toContain("wrong: wrong.txt")
  }, 60_000)
})
