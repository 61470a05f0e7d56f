import type { ContextClient } from "@tellonce/client"
import { describeAge } from "@tellonce/core"
import type { ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

/** The customer's mail program: what it sends goes out over SMTP; what it lists is what the context knows of the channel. */
export const showMail = (client: ContextClient<ShopFields>): void => {
  const form = element<HTMLFormElement>("mail-form")
  const status = element("mail-status")
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    status.textContent = "Sending …"
    const sent = shopServer.post("mails", Object.fromEntries(new FormData(form)))
    status.textContent = await sent.then(
      () => "Sent. The answer comes below.",
      (error: Error) => `Not sent: ${error.message}.`,
    )
  })
  const show = () => {
    const mails = client.view().$.messages.filter(({ channel }) => channel === "email")
    element("mails").replaceChildren(
      ...mails.map(({ value, authority, age }) => {
        const from = create(
          "span",
          { className: "from" },
          `${authority === "customer" ? "You" : "Acme support"}, ${describeAge(age)}: ${value.subject ?? ""}`,
        )
        return create("li", {}, from, value.text)
      }),
    )
  }
  client.subscribe(show)
  show()
}
