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

const engine = ["defineContext", "latest", "emptyContext", "applySignals", "decodeContext", "view", "ask"]
const furtherRules = ["recent", "set", "score", "count"]

it("the engine a page needs, with the rule every definition has, is at most 4,000 bytes", async () => {
  const size = await sizeOf(engine)
  console.log(`core: ${size} B with latest, ${await sizeOf([...engine, ...furtherRules])} B with all five rules`)
  expect(size).toBeLessThanOrEqual(4_000)
})

it.each(furtherRules)("%s adds at most 250 bytes, and only to those who use it", async (rule) => {
  const added = (await sizeOf([...engine, rule])) - (await sizeOf(engine))
  expect(added).toBeGreaterThan(0)
  expect(added).toBeLessThanOrEqual(250)
})

it("what a page does not use is not in its bundle", async () => {
  const whole = await sizeOf(["defineContext"])
  expect(whole).toBeLessThan((await sizeOf(engine)) / 2)
})
