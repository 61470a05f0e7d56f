import type { Incoming } from "../http/incoming.ts"

/** The key or token a request shows in its header. */
export const bearerOf = ({ headers }: Pick<Incoming, "headers">): string | undefined =>
  /^Bearer ([^\s]{1,4096})$/.exec(headers.get("authorization") ?? "")?.[1]
