import { generateKeyPairSync } from "node:crypto"
import { authenticate, dkimSign, sealMessage } from "mailauth"
import { checkSender, type SenderCheck } from "./check-sender.ts"

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
const key = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`
const dns: Readonly<Record<string, string>> = {
  "TXT bank.example": "v=spf1 ip4:192.0.2.1 -all",
  "TXT s1._domainkey.bank.example": key,
  "TXT _dmarc.bank.example": "v=DMARC1; p=reject",
  "TXT strict.example": "v=spf1 ip4:192.0.2.1 -all",
  "TXT s1._domainkey.mail.strict.example": key,
  "TXT _dmarc.strict.example": "v=DMARC1; p=reject; adkim=s; aspf=s",
  "TXT small.example": "v=spf1 ip4:192.0.2.1 -all",
  "TXT evil.example": "v=spf1 ip4:203.0.113.66 -all",
  "TXT s1._domainkey.evil.example": key,
  "TXT _dmarc.evil.example": "v=DMARC1; p=none",
  "TXT s1._domainkey.lists.example": key,
}
const resolver = async (domain: string, type: string) => {
  const found = dns[`${type} ${domain}`]
  if (found !== undefined) return [[found]]
  throw Object.assign(new Error("no record"), { code: "ENOTFOUND" })
}

export const ada = "ada@bank.example"
export const bank = { ip: "192.0.2.1", helo: "mail.bank.example", mailFrom: ada }
export const evil = { ip: "203.0.113.66", helo: "mail.evil.example", mailFrom: "me@evil.example" }
export const receivedAt = Date.UTC(2024, 4, 6)

export const compose = (from: string, extra: readonly string[] = []) =>
  [
    ...extra,
    `From: ${from}`,
    "To: support@acme.example",
    "Subject: my order",
    "Date: Mon, 06 May 2024 10:00:00 +0000",
    "Message-ID: <m1@bank.example>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain",
    "",
    "Please send my order to 1 Ada Lane.",
    "",
  ].join("\r\n")

export const sign = async (raw: string, signingDomain: string, more: object = {}) => {
  const { signatures } = await dkimSign(raw, {
    canonicalization: "relaxed/relaxed",
    algorithm: "rsa-sha256",
    signTime: new Date(receivedAt),
    signatureData: [{ signingDomain, selector: "s1", privateKey: pem, ...more }],
  } as unknown as Parameters<typeof dkimSign>[1])
  return signatures + raw
}

export const seal = async (raw: string, signingDomain: string, authResults: string) => {
  const options = { signingDomain, selector: "s1", privateKey: pem, signTime: new Date(receivedAt), cv: "none", i: 1 }
  return `${await sealMessage(Buffer.from(raw), { ...options, authResults } as Parameters<typeof sealMessage>[1])}${raw}`
}

export const check = (raw: string, from: string, client: SenderCheck["client"], more: Partial<SenderCheck> = {}) =>
  checkSender({ authenticate, raw: Buffer.from(raw), from, client, mta: "mx.acme.example", resolver, ...more })
