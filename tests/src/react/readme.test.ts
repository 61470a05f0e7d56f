import { execFile } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, it } from "vitest"
import { promisedBy, snippetsOf } from "../run-snippet.ts"

const folder = fileURLToPath(new URL("../../../packages/react", import.meta.url))

it("the README's snippet runs beside the package, whose React is not the one of these tests", async () => {
  const [snippet = ""] = snippetsOf(readFileSync(`${folder}/README.md`, "utf8"))
  const file = `${folder}/.readme-${process.pid}.ts`
  writeFileSync(file, snippet)
  try {
    const flags = ["--conditions=@tellonce/source", "--import", "tsx"]
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, file], { cwd: `${folder}/../..` })
    expect(stdout.trim().split("\n")).toEqual(promisedBy(snippet))
    expect(promisedBy(snippet)).toEqual(["A-1042"])
  } finally {
    rmSync(file)
  }
}, 30_000)
