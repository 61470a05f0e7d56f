import type { Call } from "../handler.ts"
import { type JsonObject, textIn } from "../json-object.ts"
import type { FindSender, Sender } from "../write-keys.ts"
import { Problem } from "./problem.ts"

/**
 * Who sends, by the first key that is known. The clients put it into Basic auth, a header of their own, the query or the body; what a body
 * holds may be masked. Throws 401 `ingest/unknown_key`: clients drop what is answered so.
 */
export const findWriteKey = ({ request, url }: Call, body: JsonObject, findSender: FindSender): Sender => {
  const { headers } = request
  const candidates = [
    authorized(headers.get("authorization")),
    headers.get("x-write-key"),
    url.searchParams.get("writeKey"),
    textIn(body, "writeKey"),
    textIn(body, "api_key"),
  ]
  for (const key of candidates.flatMap(partsOf)) {
    const sender = findSender(key)
    if (sender) return sender
  }
  throw new Problem(
    401,
    "ingest/unknown_key",
    "No known write key came with this. Configure the sender with one of the keys given to ingest.",
  )
}

/** What Basic auth or a bearer token holds. */
const authorized = (authorization: string | null): string | undefined => {
  const [, scheme = "", value = ""] = /^(\w+) +(\S+)$/.exec(authorization ?? "") ?? []
  if (scheme.toLowerCase() === "bearer") return value
  return scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString("utf8") : undefined
}

/** Basic auth ends a key with a colon, and Jitsu's clients take only keys of two parts: a key of ours may be either part. */
const partsOf = (key: string | null | undefined): readonly string[] => {
  if (!key) return []
  const colon = key.indexOf(":")
  return colon === -1 ? [key] : [key, key.slice(0, colon), key.slice(colon + 1)].filter((part) => part !== "")
}
