import { decodeText, isTooDeep, parseJson } from "../http/parse-json.ts"
import { Problem } from "../http/problem.ts"
import { isObject, type JsonObject } from "../json-object.ts"
import type { Delivery } from "./webhook-format.ts"

/** The body as a JSON object. Throws 400 `body/…` for anything else. */
export const readPayload = ({ body }: Delivery): JsonObject => {
  const payload = parseJson(decodeText(body))
  if (isObject(payload) && !isTooDeep(payload)) return payload
  throw new Problem(400, "body/shape", "A webhook is a JSON object that nests at most 24 deep.")
}
