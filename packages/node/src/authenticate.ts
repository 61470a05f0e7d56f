import { createHash, timingSafeEqual } from "node:crypto"
import { keyId } from "./access/key-ring.ts"
import { HttpProblem } from "./http.ts"
import { keyList, type Principal } from "./principal.ts"
import type { Service } from "./service.ts"

/** The one path that a ticket opens. */
const ticketPath = "/v1/stream"

/**
 * The caller of a request. Throws 401 `access/no_credential`, `access/unknown_credential`, `access/revoked` or `access/ticket_used`, and
 * 403 `access/unknown_agent`: no key, no data.
 */
export const authenticate = async (
  request: Request,
  service: Pick<Service, "keys" | "tokens" | "store" | "revocations">,
): Promise<Principal> => {
  const principal = await whoCalls(request, service)
  await service.revocations.demandStanding(principal)
  return principal
}

const whoCalls = async (
  request: Request,
  { keys, tokens, store }: Pick<Service, "keys" | "tokens" | "store">,
): Promise<Principal> => {
  const header = request.headers.get("authorization")
  const { pathname, searchParams } = new URL(request.url)
  const ticket = header === null && pathname === ticketPath ? searchParams.get("ticket") : null
  if (ticket !== null) return holderOfTicket(ticket, { tokens, store })
  const credential = /^Bearer ([^\s]{1,4096})$/.exec(header ?? "")?.[1]
  if (credential === undefined) {
    throw new HttpProblem(401, "access/no_credential", 'Send a key or a token as "Authorization: Bearer …".')
  }
  for (const kind of ["secret", "publishable"] as const) {
    const key = keyList(keys[kind]).find((known) => isSame(credential, known))
    if (key !== undefined) return { kind, credential: { key: keyId(key) } }
  }
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

/** Compares in a time that does not tell how much agreed. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()
