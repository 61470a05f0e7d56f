import { fileURLToPath } from "node:url"
import { brotliCompressSync } from "node:zlib"
import { build } from "esbuild"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Bytes of these exports of core, tree-shaken, minified and compressed as a CDN serves them, without zod. */
const sizeOf = async (names: readonly string[]): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names.join(", ")} } from "@tellonce/core"`, resolveDir: `${root}tests` },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["@tellonce/source"],
    external: ["zod/mini"],
    write: false,
  })
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length
}

const merging = ["defineContext", "emptyContext", "applySignals", "decodeContext", "view"]
const rules = ["latest", "recent", "set", "score", "count"]

it("core alone, merging, decoding and reading by all five rules, is at most 4,000 bytes", async () => {
  const size = await sizeOf([...merging, ...rules])
  console.log(`core: ${size} B; with the ask guard ${await sizeOf([...merging, ...rules, "ask"])} B`)
  expect(size).toBeLessThanOrEqual(4_000)
})

it("the ask guard adds at most 500 bytes", async () => {
  expect((await sizeOf([...merging, ...rules, "ask"])) - (await sizeOf([...merging, ...rules]))).toBeLessThanOrEqual(
    500,
  )
})

it.each(rules.slice(1))("%s adds at most 250 bytes, and only to those who use it", async (rule) => {
  const added = (await sizeOf([...merging, "latest", rule])) - (await sizeOf([...merging, "latest"]))
  expect(added).toBeGreaterThan(0)
  expect(added).toBeLessThanOrEqual(250)
})

it("what a page does not use is not in its bundle", async () => {
  expect(await sizeOf(["defineContext"])).toBeLessThan((await sizeOf([...merging, ...rules])) / 2)
})
