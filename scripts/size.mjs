// `npm run size [-- --json]`: what each browser entry weighs, minified and compressed as a CDN serves it, beside the peers, built in this run.
import { createHash } from "node:crypto"
import { brotliCompressSync } from "node:zlib"
import { install, root } from "./install.mjs"

install()
const { peers } = await import("../tests/bench/browser/peers.mjs")
const { build } = await import("esbuild")

/** A page's realistic entry: what it calls is what stays after tree shaking. */
const core = [
  "defineContext, emptyContext, applySignals, decodeContext, view, latest, recent, set, score, count",
  "@tellonce/core",
]
const exporting = ([names, from]) => `export { ${names} } from "${from}"\n`
/** What a chat widget needs: the client and a definition. */
const client =
  exporting(["createClient", "@tellonce/client"]) + exporting(["defineContext, latest, recent", "@tellonce/core"])
/** The schemas of a page's own definition: zod/mini is ours, any other Standard Schema does as well. */
const schemas = `import * as z from "zod/mini"; export const fields = [z.string(), z.enum(["a", "b"]), z.number()]\n`
const chatHosts = [
  "ai-sdk",
  "chatwoot",
  "crisp",
  "deep-chat",
  "hubspot",
  "intercom",
  "livechat",
  "tawk",
  "webchat",
  "zendesk",
]

const ours = {
  client: { contents: client },
  clientWithSchemas: { contents: client + schemas },
  core: { contents: exporting(core), external: ["zod/mini"] },
  panel: { contents: 'export * from "@tellonce/crm"' },
  ...Object.fromEntries(
    chatHosts.map((host) => [`chat/${host}`, { contents: `export * from "@tellonce/chat/${host}"` }]),
  ),
}

const hashInName = /-[0-9A-Z]{8}\.js(?=")/g
const hashes = Array.from({ length: 15 }, (_, index) =>
  Number.parseInt(createHash("sha256").update(`${index}`).digest("hex").slice(0, 12), 16)
    .toString(36)
    .padStart(8, "0")
    .slice(-8)
    .toUpperCase(),
)

/**
 * Any change of one chunk changes the hash by which others name it, and that alone moves their weight by up to 70 bytes: this is the middle
 * of what they weigh with some hashes, the same for each entry and in each run.
 */
const weightOf = (text) => {
  const texts = text.search(hashInName) === -1 ? [text] : hashes.map((hash) => text.replace(hashInName, `-${hash}.js`))
  const weights = texts.map((each) => brotliCompressSync(each).length).sort((a, b) => a - b)
  return weights[Math.floor(weights.length / 2)]
}

/** Bytes at the `start` of a page, which are the entry and all it imports, and in the chunks behind `import()`, which come `later`. */
const sizeOf = async ({ contents, external = [] }) => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: `${root}tests` },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    charset: "utf8",
    conditions: ["@tellonce/source"],
    external,
    outdir: "size",
    metafile: true,
    write: false,
    logLevel: "error",
  })
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === "<stdin>")
  const closure = new Set()
  const visit = (path) => {
    if (closure.has(path) || metafile.outputs[path] === undefined) return
    closure.add(path)
    for (const { path: next, kind } of metafile.outputs[path].imports) if (kind === "import-statement") visit(next)
  }
  visit(entry)
  const sizes = { start: 0, later: 0 }
  for (const { path, text } of outputFiles) {
    const isAtStart = [...closure].some((one) => path.endsWith(`/${one}`))
    sizes[isAtStart ? "start" : "later"] += weightOf(text)
  }
  return sizes
}

const measure = async (entries) => {
  const sizes = {}
  for (const [name, entry] of Object.entries(entries)) sizes[name] = await sizeOf(entry)
  return sizes
}

const measured = await measure(ours)
const beside = await measure(Object.fromEntries(Object.entries(peers).map(([name, contents]) => [name, { contents }])))

const only = (when, sizes, isWanted = () => true) =>
  Object.fromEntries(Object.entries(sizes).flatMap(([name, size]) => (isWanted(name) ? [[name, size[when]]] : [])))
const isHost = (name) => name.startsWith("chat/")
const figures = {
  ...only("start", measured, (name) => !isHost(name)),
  clientLazy: measured.client.later,
  hosts: only("start", measured, isHost),
  peers: only("start", beside),
  peersLazy: only("later", beside),
}

if (process.argv.includes("--json")) {
  console.log(JSON.stringify(figures))
} else {
  console.log(
    "Bytes, minified (esbuild) and compressed (brotli 11): at the start of a page, and in chunks that come later\n",
  )
  for (const [name, { start, later }] of Object.entries({ ...measured, ...beside })) {
    console.log(`${name.padEnd(28)} ${String(start).padStart(7)} ${later === 0 ? "" : String(later).padStart(7)}`)
  }
}
