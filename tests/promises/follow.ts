import { get, type IncomingMessage } from "node:http"
import { headersOf, keys } from "./shop.ts"

export interface FeedEvent {
  readonly event: string
  readonly id: number | undefined
  readonly data: { readonly signals?: readonly { readonly id: string }[] }
}

export interface Follow {
  readonly url: string
  readonly customer: string
  readonly credential?: string
  readonly lastEventId?: number | undefined
  onEvent(event: FeedEvent): void
}

/** A reader of one customer's live feed, and how it is ended. */
export interface Follower {
  close(): void
  /** Resolves when the service has ended the stream. */
  readonly ended: Promise<void>
}

/** Resolves when the first event has come. Rejects when the stream is refused or breaks before. A busy service is asked again. */
export const follow = async (options: Follow): Promise<Follower> => {
  for (;;) {
    const opened = await open(options)
    if (opened !== "busy") return opened
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const open = ({ url, customer, credential = keys.secret, lastEventId, onEvent }: Follow): Promise<Follower | "busy"> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...headersOf(credential),
      ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
    }
    const call = get(`${url}/v1/stream?identity=user:${customer}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        call.destroy()
        if (response.statusCode === 503) return resolve("busy")
        return reject(new Error(`The stream was refused: ${response.statusCode}.`))
      }
      const ended = new Promise<void>((end) => response.once("close", end))
      const follower = { close: () => void call.destroy(), ended }
      readEvents(response, (event) => {
        resolve(follower)
        onEvent(event)
      })
      // A reader that was up to date may hear nothing for a while.
      if (lastEventId !== undefined) resolve(follower)
    })
    call.on("error", reject)
  })

/** The last event id of this customer now: where a reader that has seen all of it would go on. */
export const placeOf = async (url: string, customer: string): Promise<number> => {
  let place = 0
  const onEvent = ({ id }: FeedEvent) => {
    place = id ?? place
  }
  const follower = await follow({ url, customer, onEvent })
  follower.close()
  return place
}

const readEvents = (response: IncomingMessage, onEvent: Follow["onEvent"]) => {
  let parts: string[] = []
  response.setEncoding("utf8")
  response.on("error", () => {})
  response.on("data", (chunk: string) => {
    if (!chunk.includes("\n\n") && !chunk.startsWith("\n")) return void parts.push(chunk)
    const blocks = [...parts, chunk].join("").split("\n\n")
    parts = [blocks.pop() ?? ""]
    for (const block of blocks) {
      const event = toEvent(block)
      if (event) onEvent(event)
    }
  })
}

const toEvent = (block: string): FeedEvent | undefined => {
  const lineOf = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1]
  const [event, id] = [lineOf("event"), lineOf("id")]
  if (event === undefined) return undefined
  return { event, id: id === undefined ? undefined : Number(id), data: JSON.parse(lineOf("data") ?? "{}") }
}
