import { execFileSync, spawnSync } from "node:child_process"
import { rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))
const { config } = ts.readConfigFile(`${root}packages/core/tsconfig.json`, ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}packages/core`)

/** What the compiler says of a line of core, with core's own settings. */
const complaintsOf = (line: string): readonly number[] => {
  const file = `${root}packages/core/src/line.ts`
  const host = ts.createCompilerHost(options)
  const original = host.getSourceFile
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, line, ts.ScriptTarget.ES2022) : original(name, ...rest)
  const program = ts.createProgram([file], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ code }) => code)
}

/** "Cannot find name", alone or with the advice to add a library or types. */
const cannotFindName = [2304, 2580, 2584, 2591]

it("core is checked against ES2022 alone, with no ambient types", () => {
  expect(config.compilerOptions?.lib ?? "the base's").toBe("the base's")
  expect(options.lib?.map((lib) => lib.replace(/.*lib\./, ""))).toEqual(["es2022.d.ts"])
  expect(options.types).toEqual([])
  expect(complaintsOf("export const fine = Math.max(1, 2)")).toEqual([])
})

it.each([
  "fetch('/')",
  "setTimeout(() => {}, 1)",
  "document",
  "process",
  "performance.now()",
  "crypto.randomUUID()",
  "console.log(1)",
])("%s does not type-check there", (line) => {
  const [complaint] = complaintsOf(`export const bad = ${line}`)
  expect(cannotFindName).toContain(complaint)
})

it.each(["Date.now()", "new Date()"])("%s type-checks and is stopped by lint: time is an argument", (line) => {
  const file = `${root}packages/core/src/lint-probe-${process.pid}.ts`
  writeFileSync(file, `export const bad = ${line}\n`)
  try {
    const { status, stdout, stderr } = spawnSync(
      `${root}node_modules/.bin/biome`,
      ["lint", "--vcs-enabled=false", file],
      { encoding: "utf8" },
    )
    expect(status).not.toBe(0)
    expect(stdout + stderr).toContain("Time is an argument in core.")
  } finally {
    rmSync(file)
  }
})

it("chance is an argument, too: no source of core names Math.random", () => {
  const found = spawnSync("grep", ["-rln", "Math.random", `${root}packages/core/src`], { encoding: "utf8" })
  expect(found.stdout).toBe("")
  expect(execFileSync("grep", ["-rlc", "Math.max", `${root}packages/core/src`], { encoding: "utf8" })).toContain(
    "provenance.ts",
  )
})
