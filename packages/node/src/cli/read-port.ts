import { usageError } from "./usage-error.ts"

/** A port as it was typed. */
export const readPort = (typed: string | undefined): number | undefined => {
  if (typed === undefined) return undefined
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port <= 65_535) return port
  throw usageError('"--port" is a number from 0 (any free one) to 65535.')
}
