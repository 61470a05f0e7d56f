import { isAligned } from "./is-aligned.ts"
import { noAuth, type SenderAuth } from "./sender-auth.ts"

/** What a mail host says of SPF and DKIM where it does not say what DMARC made of them. */
export interface Verdicts {
  /** The domain in From. */
  readonly domain: string
  /** The domain of MAIL FROM, when SPF passed for it. */
  readonly spf?: string | undefined
  /** The domains whose signatures hold. */
  readonly dkim: readonly string[]
}

/**
 * DMARC's question, answered without the domain's policy: does anything that passed belong to the domain in From? What passed for another
 * domain says nothing, neither for the sender nor against.
 */
export const fromVerdicts = ({ domain, spf, dkim }: Verdicts, source: SenderAuth["source"]): SenderAuth => {
  const method = dkim.some((signer) => isAligned(signer, domain))
    ? "dkim"
    : spf !== undefined && isAligned(spf, domain)
      ? "spf"
      : undefined
  return method === undefined ? noAuth(domain, source) : { verdict: "pass", method, domain, source }
}
