import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check } from "recheck"
import ts from "typescript"
import { describe, expect, it, vi } from "vitest"
import { replyText } from "./reply/reply-text.ts"

const rooms = ["automated", "out", "parse", "providers", "reply", "trust"]
const source = fileURLToPath(new URL(".", import.meta.url))

/** Every pattern that a mail is held against. */
const patterns = rooms.flatMap((room) =>
  readdirSync(join(source, room))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => patternsOf(join(source, room, file)).map((pattern) => ({ file: `${room}/${file}`, pattern }))),
)

function patternsOf(path: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022))
  return found
}

describe("no pattern takes more than linear time", () => {
  it("there are patterns to look at", () => {
    expect(patterns.length).toBeGreaterThan(40)
  })

  it.each(patterns)(
    "$file $pattern",
    async ({ pattern }) => {
      const end = pattern.lastIndexOf("/")
      const found = await check(pattern.slice(1, end), pattern.slice(end + 1), { timeout: 50_000 })
      expect(found.status, JSON.stringify(found)).toBe("safe")
    },
    60_000,
  )
})

/** Letters that are made bare, or that patterns are held against, while `run` works. */
const lettersLookedAt = (run: () => void): number => {
  let letters = 0
  const { test } = RegExp.prototype
  const { normalize } = String.prototype
  vi.spyOn(RegExp.prototype, "test").mockImplementation(function (this: RegExp, text) {
    letters += text.length
    return test.call(this, text)
  })
  vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form) {
    letters += this.length
    return normalize.call(this, form)
  })
  run()
  vi.restoreAllMocks()
  return letters
}

describe("ten times the mail is ten times the work", () => {
  it.each([
    ["plain words", "word word word\n"],
    ["blank lines", "\n"],
    ["lines that begin like attributions", "On Mon, 6 May 2024 at 10:00, Ada\n"],
    ["attributions", "On Mon, 6 May 2024 at 10:00, Ada <ada@mail.example> wrote:\n> hello\n"],
    ["lines that open a wrapped one", "Op maandag 6 mei 2024 schreef hij en schreef hij\n"],
    ["header names", "From: ada\nTo: bob\n"],
    ["header names apart", "From: ada\n\nx\n"],
    ["rules", "-----\nx\n"],
    ["titles", "-----Foo-----\n"],
    ["signatures", "-- \nAda\n"],
    ["closings", "Regards,\nAda\n"],
    ["footers", "Sent from my iPhone\n"],
    ["notices", "\nThis e-mail is confidential\n"],
    ["quotes and answers by turns", "> why?\nso\n"],
    ["one long line", "word "],
    ["one line of colons", "a: "],
    ["one line of dashes", "-"],
  ])("%s", (_, piece) => {
    const work = (times: number) => lettersLookedAt(() => replyText({ text: `hello\n${piece.repeat(times)}` }))
    const small = work(300)
    expect(small).toBeGreaterThan(0)
    expect(work(3_000)).toBeLessThan(12 * small)
  })
})
