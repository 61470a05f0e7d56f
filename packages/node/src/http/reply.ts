/** An answer before it is one of a particular host: `toResponse` makes a Fetch `Response` of it, `sendReply` writes it to node:http. */
export interface Reply {
  readonly status: number
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | ReadableStream<Uint8Array> | null
}
