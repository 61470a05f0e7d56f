/** Ways that are never refused for want of room: a right to be forgotten or to say no does not wait for a quiet hour. */
const vital: ReadonlySet<string> = new Set(["/v1/erasures", "/v1/consent"])

/** Has this path a lane of its own? */
export const isVital = (path: string): boolean => vital.has(path)
