/** What was found out about a mail's sender, by whoever checked it. It speaks of a domain: who may write as whom inside it is that domain's word. */
export interface SenderAuth {
  /** `none`: nothing speaks for the sender, and nothing against. */
  readonly verdict: "pass" | "fail" | "none"
  /** What decided it. */
  readonly method: "dmarc" | "dkim" | "spf" | "arc" | "none"
  /** The domain in From that the verdict is about. */
  readonly domain: string
  /** What the domain asks to be done with a mail that fails. */
  readonly policy?: "none" | "quarantine" | "reject"
  readonly source: "provider" | "authentication-results" | "mailauth"
}

/** What is left when nobody checked, or nobody can be believed. */
export const noAuth = (domain: string, source: SenderAuth["source"]): SenderAuth => ({
  verdict: "none",
  method: "none",
  domain,
  source,
})
