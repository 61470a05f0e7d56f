import { timingSafeEqual } from "node:crypto"
import { bearerOf } from "./access/bearer.ts"
import { digest } from "./access/digest.ts"
import { keyId } from "./access/key-ring.ts"
import { HttpProblem } from "./http/http-problem.ts"
import type { Incoming } from "./http/incoming.ts"
import { type Keys, keyList, type Principal } from "./principal.ts"
import type { Service } from "./service.ts"

/** The one path that a ticket opens. */
const ticketPath = "/v1/stream"

/** A request and its address, taken apart. */
interface Called {
  readonly request: Pick<Incoming, "headers">
  readonly pathname: string
  readonly searchParams: URLSearchParams
}

/**
 * The caller of a request. Throws 401 `access/no_credential`, `access/unknown_credential`, `access/revoked` or `access/ticket_used`, and
 * 403 `access/unknown_agent`: no key, no data.
 */
export const authenticate = async (
  call: Called,
  service: Pick<Service, "keys" | "tokens" | "store" | "revocations">,
): Promise<Principal> => {
  const principal = await whoCalls(call, service)
  await service.revocations.demandStanding(principal)
  return principal
}

const whoCalls = async (
  { request, pathname, searchParams }: Called,
  { keys, tokens, store }: Pick<Service, "keys" | "tokens" | "store">,
): Promise<Principal> => {
  const mayBeTicket = pathname === ticketPath && !request.headers.has("authorization")
  const ticket = mayBeTicket ? searchParams.get("ticket") : null
  if (ticket !== null) return holderOfTicket(ticket, { tokens, store })
  const credential = bearerOf(request)
  if (credential === undefined) {
    throw new HttpProblem(401, "access/no_credential", 'Send a key or a token as "Authorization: Bearer …".')
  }
  const sent = digest(credential)
  const opener = knownKeys(keys).find((key) => timingSafeEqual(sent, key.digest))
  if (opener) return opener.principal
  const principal = await tokens.verify(credential)
  if (principal) return principal
  throw unknown()
}

/** A ticket stands in a URL, and URLs are written down: it works once. */
const holderOfTicket = async (
  ticket: string,
  { tokens, store }: Pick<Service, "tokens" | "store">,
): Promise<Principal> => {
  const verified = await tokens.verifyTicket(ticket)
  if (verified === undefined) throw unknown()
  if (await store.once(`ticket ${verified.id}`, verified.until)) return verified.holder
  throw new HttpProblem(401, "access/ticket_used", "This ticket has been used. Get one for each connection.")
}

const unknown = () =>
  new HttpProblem(401, "access/unknown_credential", "This key or token is unknown or has expired. Get a new one.")

interface KnownKey {
  /** Digests are compared, in a time that does not tell how much agreed. */
  readonly digest: Buffer
  readonly principal: Principal
}

const known = new WeakMap<Keys, readonly KnownKey[]>()

/** What each key opens, worked out once. */
const knownKeys = (keys: Keys): readonly KnownKey[] => {
  const made = known.get(keys)
  if (made) return made
  const all = (["secret", "publishable"] as const).flatMap((kind) =>
    keyList(keys[kind]).map(
      (key): KnownKey => ({ digest: digest(key), principal: { kind, credential: { key: keyId(key) } } }),
    ),
  )
  known.set(keys, all)
  return all
}
