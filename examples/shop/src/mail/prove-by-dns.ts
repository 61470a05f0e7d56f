import { checkSender, type MailDns, type SenderProof, toSenderProof } from "@tellonce/email"
import { authenticate } from "mailauth"
import type { Transfer } from "./mail-server.ts"

/** The demo's DNS: it asks nobody. Of example.com only accounts write; partner.example sends from this machine. */
const records: Readonly<Record<string, string>> = {
  "example.com": "v=spf1 -all",
  "_dmarc.example.com": "v=DMARC1; p=reject",
  "partner.example": "v=spf1 ip4:127.0.0.1 -all",
  "_dmarc.partner.example": "v=DMARC1; p=reject",
}

const resolver: MailDns = async (domain, type) => {
  const record = type === "TXT" ? records[domain] : undefined
  if (record === undefined) throw Object.assign(new Error("no record"), { code: "ENOTFOUND" })
  return [[record]]
}

/** What SPF, DKIM and DMARC prove of a mail that came without an account. */
export const proveByDns = async (from: string, { raw, client }: Transfer): Promise<SenderProof> =>
  toSenderProof(from, await checkSender({ authenticate, raw, from, client, mta: "mail.acme.example", resolver }))
