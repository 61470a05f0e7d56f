import { existsSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** The files of a folder, on loopback. */
export const serveFolder = async (folder: string): Promise<{ readonly url: string; close(): void }> => {
  const server = createServer(({ url = "/" }, response) => {
    const file = `${folder}${url === "/" ? "/index.html" : url}`
    if (!existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.setHeader("content-type", file.endsWith(".js") ? "text/javascript" : "text/html").end(readFileSync(file))
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
