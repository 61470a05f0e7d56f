const encoder = new TextEncoder()

/** A server-sent event. Without an id a reader that is cut off after it comes back with the one it had before. */
export const toEvent = (event: string, id: number | undefined, body: object): Uint8Array =>
  encoder.encode(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(body)}\n\n`)
