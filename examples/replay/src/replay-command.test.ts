import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { replayCommand } from "./replay-command.ts"
import { agent, customer, inform, tinyDialogue, tinyMap } from "./tiny-dialogue.fixture.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replay-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = async (...args: string[]) => {
  const out: string[] = []
  const error: string[] = []
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) }
  return { code: await replayCommand(args, terminal), out: out.join("\n"), error: error.join("\n") }
}

const dialogue = tinyDialogue(
  customer("inn", { informs: [inform("town", "Bath")], state: { town: "Bath" } }),
  agent("coach", { requests: ["to"] }),
  customer("coach", { informs: [inform("to", "Bath")], state: { to: "Bath" } }),
)
const write = (name: string, ...dialogues: object[]) =>
  writeFileSync(join(folder, name), gzipSync(dialogues.map((one) => JSON.stringify(one)).join("\n")))
const writeMap = () => {
  mkdirSync(join(folder, "maps"))
  writeFileSync(join(folder, "maps", "tiny.json"), JSON.stringify(tinyMap))
}

describe("npm run replay", () => {
  it("says that there is nothing at the path, and exits with 2", async () => {
    const { code, error, out } = await run(join(folder, "nowhere.jsonl.gz"))
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(error).toContain("There is no dialogue file at")
  })

  it("says that a folder, or a file, is empty, and exits with 2", async () => {
    expect(await run(folder)).toMatchObject({ code: 2, error: expect.stringContaining("There is no dialogue file at") })
    write("none.jsonl.gz")
    expect(await run(folder)).toMatchObject({ code: 2, error: expect.stringContaining("it holds no dialogue") })
  })

  it("leaves out what it cannot read and what has no map, and says so", async () => {
    write("mapless.jsonl.gz", dialogue)
    writeFileSync(join(folder, "torn.jsonl.gz"), "not gzip")
    const { code, error } = await run(folder)
    expect(code).toBe(2)
    expect(error).toContain("there is no maps/tiny.json beside it")
    expect(error).toContain("torn.jsonl.gz: not readable")
  })

  it("explains itself when called without a path", async () => {
    expect(await run("--json")).toMatchObject({ code: 2, error: expect.stringContaining("Usage") })
  })

  it("ends with one line of JSON, a report for each file", async () => {
    writeMap()
    write("a.jsonl.gz", dialogue, { ...dialogue, id: "tiny-2" })
    write("b.jsonl.gz", dialogue)
    const { code, out } = await run(folder, "--json")
    expect(code).toBe(0)
    expect(out).not.toContain("\n")
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { file: "a.jsonl.gz", dataset: "tiny", dialogues: 2, requests: 2, repeatedWithoutSharing: 2, avoided: 2 },
        { file: "b.jsonl.gz", dialogues: 1, avoidable: 1, avoided: 1, wrongPer100: 0, slotRecall: 1, lookupJoint: 1 },
      ],
    })
  })

  it("prints a table a person can read, with what it costs to share nothing", async () => {
    writeMap()
    write("a.jsonl.gz", dialogue)
    const { out } = await run(join(folder, "a.jsonl.gz"))
    expect(out).toMatch(/repeated questions, nothing shared +1, of them avoidable 1/)
    expect(out).toMatch(/avoided +1 \(100\.0 %\)/)
  })
})
