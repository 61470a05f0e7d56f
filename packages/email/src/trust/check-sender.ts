import { fromVerdicts } from "./from-verdicts.ts"
import { domainOf, isAligned } from "./is-aligned.ts"
import { parseAuthResults } from "./parse-auth-results.ts"
import { noAuth, type SenderAuth } from "./sender-auth.ts"

/** `authenticate` of `mailauth`, as far as it is asked and heard here. */
export type Authenticate = (
  raw: Buffer,
  options: {
    readonly ip: string
    readonly helo: string
    readonly sender: string
    readonly mta: string
    readonly resolver?: MailDns
    readonly disableBimi: boolean
  },
) => Promise<Authenticated>

export type MailDns = (domain: string, rrtype: string) => Promise<string[][] | string[]>

export interface Authenticated {
  readonly dkim: {
    readonly headerFrom: readonly string[]
    readonly results: readonly {
      readonly signingDomain: string
      readonly status: { readonly result: string; readonly underSized?: number | boolean }
    }[]
  }
  readonly spf: false | { readonly domain: string; readonly status: { readonly result: string } }
  readonly dmarc:
    | false
    | {
        readonly status: { readonly result: string }
        readonly policy?: string
        readonly alignment?: { readonly spf: { readonly strict: boolean }; readonly dkim: { readonly strict: boolean } }
      }
  readonly arc: false | { readonly status: { readonly result: string }; readonly chain?: readonly object[] | undefined }
}

export interface SenderCheck {
  /** From the package `mailauth`, which is yours to install: `import { authenticate } from "mailauth"`. */
  readonly authenticate: Authenticate
  /** The mail as it came over SMTP. */
  readonly raw: Uint8Array
  /** The address in From, as `parseMail` found it. */
  readonly from: string
  /** Whom the mail came from, as your server saw it: the address of the connection, the name it gave, and MAIL FROM. */
  readonly client: { readonly ip: string; readonly helo: string; readonly mailFrom: string }
  /** The name of your server. */
  readonly mta: string
  /** The system's own DNS unless told. */
  readonly resolver?: MailDns
  /** Domains of forwarders and lists whose word on a mail before they changed it is believed (ARC); none unless told. */
  readonly trustedSealers?: readonly string[]
}

/** Checks SPF, DKIM, DMARC and ARC of a mail as it came in. Never throws: what cannot be checked proves nothing. */
export const checkSender = async (options: SenderCheck): Promise<SenderAuth> => {
  const { authenticate, raw, from, client, mta, resolver } = options
  const domain = domainOf(from)
  const nothing = noAuth(domain, "mailauth")
  try {
    const { ip, helo, mailFrom: sender } = client
    const asked = { ip, helo, sender, mta, disableBimi: true, ...(resolver && { resolver }) }
    const found = await authenticate(Buffer.from(raw), asked)
    // It reads From by itself; what it proves of another address is nothing to us.
    const [seen = "", ...more] = found.dkim.headerFrom
    if (more.length > 0 || seen.toLowerCase() !== from.toLowerCase()) return nothing
    return judge(found, domain, options.trustedSealers ?? [])
  } catch {
    return nothing
  }
}

const judge = ({ dkim, spf, dmarc, arc }: Authenticated, domain: string, sealers: readonly string[]): SenderAuth => {
  const nothing = noAuth(domain, "mailauth")
  const result = dmarc === false ? "none" : dmarc.status.result
  const policy = dmarc === false ? undefined : policies.find((one) => one === dmarc.policy)
  const strict = dmarc === false ? undefined : dmarc.alignment
  // mailauth reports that a domain asks for strict alignment, and lets relaxed pass.
  const counts = (other: string, isStrict = false) => !isStrict || other.toLowerCase() === domain.toLowerCase()
  const mailFrom = spf !== false && spf.status.result === "pass" && counts(spf.domain, strict?.spf.strict)
  const signers = dkim.results
    // A signature over the first part of a body alone says nothing of what was added below it.
    .filter(({ status }) => status.result === "pass" && !status.underSized)
    .map(({ signingDomain }) => signingDomain)
    .filter((signer) => counts(signer, strict?.dkim.strict))
  const aligned = fromVerdicts({ domain, spf: mailFrom ? spf.domain : undefined, dkim: signers }, "mailauth")
  if (result === "none") return aligned
  const told = policy === undefined ? {} : { policy }
  if (result === "pass") return aligned.verdict === "pass" ? { ...aligned, ...told, method: "dmarc" } : nothing
  if (result !== "fail") return nothing
  const vouched = arc !== false && arc.status.result === "pass" && isVouched(arc.chain ?? [], domain, sealers)
  return {
    ...nothing,
    ...told,
    ...(vouched ? { verdict: "pass", method: "arc" } : { verdict: "fail", method: "dmarc" }),
  }
}

const policies = ["none", "quarantine", "reject"] as const

/** Did everybody who sealed it have our trust, and did the first of them see DMARC pass? */
const isVouched = (chain: readonly object[], domain: string, sealers: readonly string[]): boolean => {
  const sealer = (entry: ArcEntry) => String(entry["arc-seal"]?.parsed?.d?.value ?? "")
  const [first, ...rest] = chain as readonly ArcEntry[]
  if (first === undefined || ![first, ...rest].every((entry) => sealers.includes(sealer(entry).toLowerCase())))
    return false
  const written = String(first["arc-authentication-results"]?.original ?? "")
  const results = parseAuthResults(written.replace(/^[^:]*:\s*i\s*=\s*1\s*;/, ""))?.results ?? []
  return results.some(
    ({ method, result, properties }) =>
      method === "dmarc" && result === "pass" && isAligned(properties.get("header.from") ?? "", domain),
  )
}

/** What mailauth keeps of each step of the chain; its own types leave it open. */
interface ArcEntry {
  readonly "arc-seal"?: { readonly parsed?: { readonly d?: { readonly value?: unknown } } }
  readonly "arc-authentication-results"?: { readonly original?: unknown }
}
