import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "esbuild"

/**
 * Serves a page for each entry, bundled as an application would: minified, with what comes later in chunks of its own. A page runs its
 * entry in one go once it has all of its text, and notes as `started` how long that took: parsing, importing and starting.
 */
export const serveEntries = async (entries: Readonly<Record<string, string>>) => {
  const files = new Map<string, string>()
  for (const [place, contents] of Object.values(entries).entries()) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir },
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2022",
      platform: "browser",
      define: { "process.env.NODE_ENV": '"production"' },
      conditions: ["@tellonce/source"],
      plugins: [transportApart],
      outfile: `/${place}/entry.js`,
      write: false,
      logLevel: "error",
    })
    for (const { path, text } of outputFiles) files.set(path, text)
  }
  const transport = await build({
    entryPoints: [`${packages}client/src/transport/transport.ts`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["@tellonce/source"],
    write: false,
  })
  files.set("/transport.js", transport.outputFiles[0]?.text ?? "")
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? "")
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript")
    response.end(script ?? `${head}<script>${starter(`${request.url}/entry.js`)}</script>`)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (name: string) => `http://127.0.0.1:${port}/${Object.keys(entries).indexOf(name)}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

const resolveDir = fileURLToPath(new URL("../../", import.meta.url))
const packages = fileURLToPath(new URL("../../../packages/", import.meta.url))

/** Our transport is a file of its own, as in every bundle that can be split. */
const transportApart: Plugin = {
  name: "transport apart",
  setup(builder) {
    builder.onResolve({ filter: /transport\/transport\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "/transport.js", external: true } : undefined,
    )
  },
}

const starter = (url: string): string => `fetch("${url}").then((response) => response.text()).then((text) => {
  const script = document.createElement("script")
  script.textContent = text
  const began = performance.now()
  document.head.append(script)
  window.started = performance.now() - began
})`

const head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
