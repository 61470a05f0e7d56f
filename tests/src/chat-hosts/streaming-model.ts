import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createUIMessageStream, pipeUIMessageStreamToResponse } from "ai"

export interface ModelRequest {
  readonly context?: Record<string, unknown>
  readonly tenant?: string
  readonly messages: readonly object[]
}

/** An endpoint that streams its answers word by word, by the AI SDK's own server side. An answer that ends in "…" never ends. */
export const startStreamingModel = async () => {
  const requests: ModelRequest[] = []
  let next: string | undefined
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*").setHeader("access-control-allow-headers", "*")
    if (request.method === "OPTIONS") return void response.end()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    requests.push(JSON.parse(Buffer.concat(chunks).toString("utf8")))
    const answer = next ?? `Answer ${requests.length}`
    next = undefined
    const id = `answer-${requests.length}`
    const stream = createUIMessageStream({
      execute: async ({ writer }) => {
        writer.write({ type: "start", messageId: id })
        writer.write({ type: "text-start", id })
        for (const delta of answer.split(/(?= )/)) writer.write({ type: "text-delta", id, delta })
        if (answer.endsWith("…")) await new Promise(() => {})
        writer.write({ type: "text-end", id })
        writer.write({ type: "finish" })
      },
    })
    pipeUIMessageStreamToResponse({ response, stream })
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    willAnswer: (text: string) => {
      next = text
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
