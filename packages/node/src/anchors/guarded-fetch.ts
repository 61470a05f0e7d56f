import { lookup as systemLookup } from "node:dns/promises"
import { isIP } from "node:net"
import { type Millis, TellonceError } from "@tellonce/core"
import { type Address, type GuardedInit, request } from "./guarded-request.ts"
import { isRange, mayConnect } from "./may-connect.ts"

/** An origin that may be called, such as "https://orders.example.com". */
export type AllowedOrigin =
  | string
  | {
      readonly origin: string
      /** CIDR ranges beside the public ones where it may stand, such as "10.1.0.0/16". Link-local ones hold cloud credentials. */
      readonly addresses?: readonly string[]
      /** Calls it without TLS: whoever is on the way can read and change it. */
      readonly plain?: true
    }

export interface GuardedFetchOptions {
  readonly allow: readonly AllowedOrigin[]
  /** All addresses of a name; the system's resolver unless told. */
  readonly lookup?: (hostname: string) => Promise<readonly Address[]>
  /** 1 MiB unless told. */
  readonly mostBytes?: number
  /** For all of it, from the look-up of the name to the last byte; 5 s unless told. */
  readonly timeout?: Millis
}

export type GuardedFetch = (url: string | URL, init?: GuardedInit) => Promise<Response>

/**
 * The one way out to other people's servers. It calls only origins that are listed, and connects only to the addresses it has checked itself: what
 * a name resolves to a moment later changes nothing. It follows no redirect. Rejects with `fetch/…`, whose messages name no URL.
 */
export const createGuardedFetch = (options: GuardedFetchOptions): GuardedFetch => {
  const { allow, lookup = systemAddresses, mostBytes = 1_048_576, timeout = 5_000 } = options
  const entries = new Map(allow.map(toEntry))
  return async (url, init = {}) => {
    const target = toTarget(url)
    const entry = entries.get(target.origin)
    if (entry === undefined || target.username !== "" || target.password !== "") {
      throw new TellonceError(
        "fetch/origin",
        "This origin is not on the allow-list. Add it where the service is created.",
      )
    }
    const signal = AbortSignal.timeout(timeout)
    const addresses = await within(signal, addressesOf(target.hostname, lookup))
    // All must pass: a name that also leads inside is not one to choose from.
    if (addresses.length === 0 || !addresses.every(({ address }) => mayConnect(address, entry.addresses))) {
      throw new TellonceError(
        "fetch/address",
        "This name leads to an address that is not public. Name its range in the allow-list entry if it is meant to.",
      )
    }
    return request(target, init, { addresses, mostBytes, signal })
  }
}

const toEntry = (allowed: AllowedOrigin) => {
  const entry = typeof allowed === "string" ? { origin: allowed } : allowed
  const { origin, protocol } = toTarget(entry.origin)
  if (!(entry.addresses ?? []).every(isRange)) {
    throw new TellonceError("config/allow_list", 'Name addresses by their range, such as "10.1.0.0/16".')
  }
  if (protocol === "https:" || (protocol === "http:" && entry.plain)) return [origin, entry] as const
  throw new TellonceError(
    "config/allow_list",
    `Allow "https://…", or say { origin: "${origin}", plain: true } to go without TLS.`,
  )
}

const toTarget = (url: string | URL): URL => {
  try {
    return new URL(url)
  } catch {
    throw new TellonceError("fetch/origin", "This is not a URL. Give an absolute one.")
  }
}

/** An address is its own answer: it is connected to without asking anyone. */
const addressesOf = async (hostname: string, lookup: NonNullable<GuardedFetchOptions["lookup"]>) => {
  const literal = hostname.replace(/^\[|\]$/g, "")
  const family = isIP(literal)
  return family === 0 ? lookup(hostname).catch(unreachable) : [{ address: literal, family }]
}

const systemAddresses = (hostname: string): Promise<readonly Address[]> => systemLookup(hostname, { all: true })

const unreachable = () => {
  throw new TellonceError("fetch/failed", "The other side's name could not be resolved. Try again.")
}

const within = <Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener(
        "abort",
        () => reject(new TellonceError("fetch/timeout", "The other side was too slow.")),
        {
          once: true,
        },
      )
    }),
  ])
