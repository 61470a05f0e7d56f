/** Ways that are never refused for want of room: a right to be forgotten or to say no does not wait for a quiet hour. */
const vital: ReadonlySet<string> = new Set(["/v1/erasures", "/v1/consent"])

/** Has this path a lane of its own? */
export const isVital = (path: string): boolean => vital.has(path)

/** What says how the service is, and is asked most when it is not well. */
const probes: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"])

/** Does a request for this, with or without a query, wait for no other? */
export const hasOwnLane = (target: string): boolean => {
  const [path = ""] = target.split("?", 1)
  return isVital(path) || probes.has(path)
}
