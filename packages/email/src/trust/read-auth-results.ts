import { fromVerdicts } from "./from-verdicts.ts"
import { domainOf, isAligned } from "./is-aligned.ts"
import { type AuthResult, parseAuthResults } from "./parse-auth-results.ts"
import { noAuth, type SenderAuth } from "./sender-auth.ts"

export interface AuthResultsOptions {
  /** The mail as it came, headers in their order. */
  readonly raw: Uint8Array
  /** The address in From, as `parseMail` found it. */
  readonly from: string
  /** The name your border server signs its results with. */
  readonly authservId: string
  /** How many Received headers your own servers add; 1 unless told. What stands above the lowest of these, your servers wrote. */
  readonly hops?: number
  /**
   * Your border server removes results that come in under its name, as RFC 8601 asks of it; false unless told. Then its result is found
   * below its own Received header, too, where most filters write it.
   */
  readonly strips?: boolean
}

/** What your own border server found out about the sender. Results by anybody else, or where the sender could have put them, are not seen. */
export const readAuthResults = (options: AuthResultsOptions): SenderAuth => {
  const { from, authservId } = options
  const domain = domainOf(from)
  const trusted = trustedValues(options)
    .map(parseAuthResults)
    .filter((found) => found?.authservId === authservId.toLowerCase())
    .flatMap((found) => found?.results ?? [])
  const dmarc = trusted.filter(({ method }) => method === "dmarc")
  const nothing = noAuth(domain, "authentication-results")
  if (trusted.length === 0) return nothing
  if (dmarc.some(({ result }) => result === "fail")) return { ...nothing, verdict: "fail", method: "dmarc" }
  const passed = dmarc.length > 0 && dmarc.every((one) => one.result === "pass" && isAbout(one, domain))
  if (passed) return { ...nothing, verdict: "pass", method: "dmarc" }
  // A passing result about another domain was made for another reader of From.
  if (dmarc.some(({ result }) => result !== "none")) return nothing
  const passing = (method: string) => trusted.filter((one) => one.method === method && one.result === "pass")
  const [mailfrom] = passing("spf").map(({ properties }) => properties.get("smtp.mailfrom")?.split("@").at(-1))
  const dkim = passing("dkim").map(({ properties }) => properties.get("header.d") ?? "")
  return fromVerdicts({ domain, spf: mailfrom, dkim }, "authentication-results")
}

const isAbout = ({ properties }: AuthResult, domain: string): boolean =>
  isAligned(properties.get("header.from") ?? "", domain)

const trustedValues = ({ raw, hops = 1, strips = false }: AuthResultsOptions): readonly string[] => {
  const values: string[] = []
  let received = 0
  for (const [name, value] of headersInOrder(raw)) {
    if (name === "received" && ++received >= (strips ? hops + 1 : hops)) return values
    if (name === "authentication-results") values.push(value)
  }
  // Fewer than our own servers write: nobody knows who wrote what.
  return received >= hops ? values : []
}

/** Line feeds alone end a line here: any other end could have come in with a name that our own Received header quotes. */
const headersInOrder = (raw: Uint8Array): readonly (readonly [name: string, value: string])[] => {
  const [block = ""] = new TextDecoder("latin1").decode(raw.subarray(0, 256 * 1024)).split(/\r?\n\r?\n/, 1)
  const headers = block.replace(/\r?\n(?=[ \t])/g, "").split("\n")
  return headers.map((header) => {
    const colon = Math.max(header.indexOf(":"), 0)
    return [header.slice(0, colon).trim().toLowerCase(), header.slice(colon + 1)]
  })
}
