import { guardForm } from "@tellonce/chat/form"
import type { ContextClient } from "@tellonce/client"
import { inWords } from "@tellonce/core"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"

type Name = (typeof returnCase)[number]

const fields = Object.fromEntries(returnCase.map((name) => [name, name])) as Record<Name, Name>

/** A form that asks only what is not known: a known answer stands where its input was, with where it is known from. */
export const showReturnForm = (client: ContextClient<ShopFields>): void => {
  const form = element<HTMLFormElement>("return-form")
  element("return-fields").replaceChildren(...returnCase.map(question))
  const guard = guardForm<Name>(form, { context: client, fields, channel: "shop" })
  setInterval(guard.refresh, 10_000)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    client.tell({ intent: "return" }, { channel: "shop" })
    const missing = returnCase.filter((name) => client.ask([name])[name].answer === "ask")
    element("return-status").textContent =
      missing.length === 0
        ? "Thank you, your return is on its way."
        : `Still missing: ${missing.map(inWords).join(", ")}.`
  })
}

const question = (name: Name): HTMLElement => {
  const input =
    name === "wish"
      ? create(
          "select",
          { name },
          ...["", "refund", "replacement"].map((wish) => create("option", { value: wish }, wish || "Choose …")),
        )
      : create("input", { name, autocomplete: "off" })
  return create("label", {}, `Your ${inWords(name)}`, input)
}
