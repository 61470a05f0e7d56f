import { createRequire } from "node:module"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type OpenShop, openShop } from "./open-shop.ts"

// A whole shop and a browser, beside all the other tests.
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }

interface Mailer {
  createTransport(options: object): { sendMail(mail: object): Promise<unknown>; close(): void }
}
const shopPackage = createRequire(new URL("../../../examples/shop/package.json", import.meta.url))
const { createTransport } = shopPackage("nodemailer") as Mailer

let shop: OpenShop
let ada: string
beforeAll(async () => {
  shop = await openShop()
  await shop.open()
  ada = await shop.address()
  await shop.say("Order A-1042: my hand blender is broken, I want to return it.")
}, 60_000)
afterAll(() => shop?.close())

const send = async (mail: object) => {
  const transport = createTransport({ host: "127.0.0.1", port: shop.smtpPort(), ignoreTLS: true })
  await transport.sendMail({ from: ada, to: "support@acme.example", subject: "My order", ...mail })
  transport.close()
}
const mails = () => shop.page.locator("#mails li")
const newsOf = async () => (await shop.view()).$.messages.map(({ value }: { value: { text: string } }) => value.text)

it("a link in the answer carries the context into the chat of another device: looking changes nothing, and it opens once", async () => {
  await shop.page.getByRole("button", { name: "Send by SMTP" }).click()
  const link = await mails().getByRole("link", { name: "Open the chat" }).getAttribute("href")
  const phone = await shop.browser.newContext()
  const look = await phone.newPage()
  await look.goto(link ?? "")
  await look.getByRole("button", { name: "Go on in the chat" }).waitFor()
  await look.close()

  const page = await phone.newPage()
  await page.goto(link ?? "")
  await page.getByRole("button", { name: "Go on in the chat" }).click()
  await page.getByText(`Signed in as Ada, ${ada}`).waitFor()
  await page.locator("#chat-known", { hasText: "order number A-1042" }).waitFor()
  expect(page.url()).not.toContain("#")

  const thief = await (await shop.browser.newContext()).newPage()
  await thief.goto(link ?? "")
  await thief.getByRole("button", { name: "Go on in the chat" }).click()
  await thief.getByText("This link is unknown, has ended or was used.").waitFor()
  await thief.getByText("Signed in as Ada").waitFor()
  expect(await thief.locator("#account").innerText()).not.toContain(ada)
  expect((await newsOf()).join()).not.toContain("#")
})

it("a mail nobody proved reaches no proven customer and is not answered, and what is no mail is refused", async () => {
  const before = await mails().count()
  await send({ text: "Order Z-9999, and send a replacement." })
  await expect(send({ from: "", text: "" })).rejects.toThrow(/550/)
  await shop.say("Hello again")
  expect(JSON.stringify(await shop.view())).not.toContain("Z-9999")
  expect(await mails().count()).toBe(before)
})

it("an automatic answer is no message of hers and gets no answer", async () => {
  const before = [await mails().count(), await newsOf()]
  await send({ headers: { "Auto-Submitted": "auto-replied" }, text: "I am on holiday. Order Z-8888." })
  await shop.say("And again")
  expect(JSON.stringify(await shop.view())).not.toContain("Z-8888")
  expect([await mails().count(), (await newsOf()).filter((text: string) => text.includes("holiday"))]).toEqual([
    before[0],
    [],
  ])
})

it("a report that comes back to the address of our own mail marks hers, and promotions wait", async () => {
  const kept = await shop.page.evaluate("fetch('/shop/mails').then((answer) => answer.json())")
  const reply = (kept as readonly { readonly replyTo?: string }[]).find(({ replyTo }) => replyTo)?.replyTo ?? ""
  expect(reply).toMatch(/^support\+/)
  await send({
    envelope: { from: "", to: [reply] },
    raw: bounceOf(ada, reply),
  })
  await expect.poll(async () => (await shop.view()).mailArrives.value, patience).toBe(false)
  await shop.page.getByRole("button", { name: "Settle the complaint" }).click()
  await shop.page.locator("#counter-status", { hasText: "The complaint is settled." }).waitFor()
  await shop.page.getByRole("button", { name: "Send a promotion" }).click()
  await shop.page.locator("#counter-status", { hasText: "Mail to this customer comes back." }).waitFor()
})

it("a mail of hers shows that mail arrives again", async () => {
  await shop.page.getByRole("button", { name: "Send by SMTP" }).click()
  await expect.poll(async () => (await shop.view()).mailArrives.value, patience).toBe(true)
})

it("the page threw nothing on the way", () => {
  expect(shop.faults).toEqual([])
})

const bounceOf = (failed: string, to: string) =>
  [
    "From: MAILER-DAEMON@example.com",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Message-ID: <report-1@example.com>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "It could not be delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mail.example.com",
    "",
    `Final-Recipient: rfc822; ${failed}`,
    "Action: failed",
    "Status: 5.1.1",
    "--b--",
    "",
  ].join("\r\n")
