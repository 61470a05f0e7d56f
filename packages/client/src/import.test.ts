import { execFile } from "node:child_process"
import { build } from "esbuild"
import { expect, it } from "vitest"

it("importing it in Node opens nothing, prints nothing and keeps no process alive", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        const before = new Set(Object.keys(globalThis))
        globalThis.fetch = globalThis.setTimeout = () => { throw new Error("something happened at import") }
        const { createClient } = await import("./index.ts")
        console.log(typeof createClient, typeof window, Object.keys(globalThis).filter((key) => !before.has(key) && !key.startsWith("__zod")).join(""))`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    conditions: ["@tellonce/source"],
  })
  const answer = new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--input-type=module", "-"],
      { timeout: 10_000 },
      (error, stdout, stderr) => resolve({ error, stdout, stderr }),
    )
    child.stdin?.end(outputFiles[0]?.text)
  })
  expect(await answer).toEqual({ error: null, stdout: "function undefined \n", stderr: "" })
})
