import { expect, it } from "vitest"
import { proveByDns } from "./prove-by-dns.ts"

const mailFrom = (from: string, ip: string) => ({
  raw: Buffer.from(`From: ${from}\r\nTo: support@acme.example\r\nSubject: hello\r\n\r\nhello\r\n`),
  client: { ip, helo: "mail.example", mailFrom: from },
})

it.each([
  ["a partner's own server speaks for the partner", "bob@partner.example", "127.0.0.1", "verified"],
  ["another server does not", "bob@partner.example", "192.0.2.1", "claimed"],
  ["a customer writes by an account, and not from here", "ada@example.com", "127.0.0.1", "claimed"],
  ["who has no record proves nothing", "eve@nowhere.example", "127.0.0.1", "claimed"],
])("%s", async (_, from, ip, level) => {
  expect((await proveByDns(from, mailFrom(from, ip))).level).toBe(level)
})
