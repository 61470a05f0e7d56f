import type { Identity } from "@tellonce/core"
import * as z from "zod"
import { type Action, demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { toCanonicalIdentity } from "../identity/to-canonical-identity.ts"
import { checkShape, readJson } from "../input-gate.ts"
import { IdentityBody, parseBody } from "../parse-body.ts"
import { ownIdentity } from "../read-allowed.ts"
import type { Call } from "../route.ts"

const Name = z.string().min(1).max(128)

/** What the bodies of all interactions hold. */
export const PlaceBody = {
  identity: IdentityBody.optional(),
  channel: z.string().min(1).max(64).optional(),
  source: z.string().min(1).max(64).optional(),
  /** Sent again under the same id, it happens once. */
  id: z
    .string()
    .regex(/^[^\s#]{1,128}$/)
    .optional(),
}

export const MatterPlaceBody = { ...PlaceBody, matter: Name.optional() }

/** A body that is one value: what would be too much for a signal is too much for it. Throws 400 `shape/…`. */
const readOne = async (request: Call["request"]): Promise<unknown> => {
  const body = await readJson(request)
  const shape = checkShape(body)
  if (shape.ok) return body
  throw new HttpProblem(400, shape.code, shape.message)
}

/** The body of what is done to a customer, and whom it is about, in the stored spelling. Throws 400 `identity/…`, and 403 `access/denied` unless the caller may do this to them. */
export const readAct = async <Body extends { readonly identity?: Identity | undefined }>(
  { request, principal, service }: Call,
  schema: z.ZodType<Body>,
  action: Action,
): Promise<readonly [identity: Identity, said: Omit<Body, "identity">]> => {
  const { identity: named = ownIdentity(principal), ...said } = parseBody(schema, await readOne(request))
  const identity = toCanonicalIdentity(service.identities, named)
  demand(principal, action, identity)
  return [identity, said]
}
