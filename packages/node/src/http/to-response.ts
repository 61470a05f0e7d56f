import type { Reply } from "./reply.ts"

/** The reply as a Fetch-style host takes it. */
export const toResponse = ({ body, ...init }: Reply): Response => new Response(body, init)
