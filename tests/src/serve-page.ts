import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

/** One page on loopback: `entry`, bundled, in `body`. `answers` gives a JSON answer per path posted to. */
export const servePage = async (page: {
  readonly entry: URL
  readonly body: string
  readonly answers?: Readonly<Record<string, (request: unknown) => unknown>>
}): Promise<ServedPage> => {
  const script = await bundle(page.entry)
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test page</title><link rel="icon" href="data:,"><body>${page.body}<script type="module" src="/page.js"></script></body></html>`
  const server = createServer(async (request, response) => {
    const answer = page.answers?.[request.url ?? ""]
    if (answer) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer(await readJson(request))))
    } else if (request.url === "/page.js") {
      response.setHeader("content-type", "text/javascript").end(script)
    } else {
      response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html" }).end(html)
    }
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

const bundle = async (entry: URL): Promise<string> => {
  const built = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["@tellonce/source"],
    // Named by the suites of @tellonce/testing, none of which a page uses.
    external: ["vitest", "fast-check", "msw", "msw/*", "node:*"],
    write: false,
    logLevel: "error",
  })
  return built.outputFiles[0]?.text ?? ""
}

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString("utf8"))
}
