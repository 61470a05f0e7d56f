import type { ContextClient } from "@tellonce/client"
import { describeAge } from "@tellonce/core"
import type { KeptMail } from "../mail/mailboxes.ts"
import type { ShopFields } from "../shop-context.ts"
import { createRefresh } from "./create-refresh.ts"
import { create, element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

/** The customer's mail program, which sends by SMTP; and what support would answer now. */
export const showMail = (client: ContextClient<ShopFields>, address: string): void => {
  const form = element<HTMLFormElement>("mail-form")
  const status = element("mail-status")
  const showMails = createRefresh(async () => {
    const mails = await shopServer.get<readonly KeptMail[]>("mails")
    element("mails").replaceChildren(...mails.map((mail) => toItem(mail, address, client.view().$.now)))
  })
  const showDraft = createRefresh(async () => {
    const { text } = await shopServer.get<{ readonly text: string }>("draft")
    element("draft").textContent = text
  })
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    status.textContent = "Sending …"
    const sent = shopServer.post("mails", Object.fromEntries(new FormData(form)))
    status.textContent = await sent.then(
      () => "Sent. The answer comes below.",
      (error: Error) => `Not sent: ${error.message}.`,
    )
    showMails()
  })
  const show = () => {
    showMails()
    showDraft()
  }
  client.subscribe(show)
  show()
}

const toItem = ({ from, subject, text, at }: KeptMail, address: string, now: number): HTMLElement => {
  const who = from.toLowerCase() === address ? "You" : "Acme support"
  const head = create("span", { className: "from" }, `${who}, ${describeAge(Math.max(0, now - at))}: ${subject}`)
  return create("li", {}, head, ...linked(text.trim()))
}

/** A context link stands as a link, as mail programs show it. */
const linked = (text: string): readonly (Node | string)[] =>
  text.split(/(https?:\/\/\S+)/).map((part, index) => {
    if (index % 2 === 0) return part
    return create("a", { href: part, target: "_blank", rel: "noopener" }, "Open the chat")
  })
