import type { ContextClient } from "@tellonce/client"
import { inText, inWords } from "@tellonce/core"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"

type Name = (typeof returnCase)[number]

/** A form that asks only what is not known: a known answer stands where its input was, with where it is known from. */
export const showReturnForm = (client: ContextClient<ShopFields>): void => {
  const changing = new Set<Name>()
  let shown = ""

  const show = () => {
    const answers = client.ask(returnCase)
    // Typing must not be interrupted by news that changes nothing here.
    const now = JSON.stringify([answers, [...changing]])
    if (now === shown) return
    shown = now
    element("return-fields").replaceChildren(
      ...returnCase.map((name) => {
        const given = answers[name]
        return given.answer === "ask" || changing.has(name)
          ? question(name, given.answer === "skip" ? "" : given.question)
          : known(name, given, () => change(name))
      }),
    )
  }
  const change = (name: Name) => {
    changing.add(name)
    show()
    element(`return-${name}`).focus()
  }

  element<HTMLFormElement>("return-form").addEventListener("submit", (event) => {
    event.preventDefault()
    const typed = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<Name, string>
    changing.clear()
    client.tell({ ...typed, wish: typed.wish as "refund" | "replacement", intent: "return" }, { channel: "shop" })
    const missing = returnCase.filter((name) => client.ask([name])[name].answer === "ask")
    element("return-status").textContent =
      missing.length === 0
        ? "Thank you, your return is on its way."
        : `Still missing: ${missing.map(inWords).join(", ")}.`
  })
  client.subscribe(show)
  setInterval(show, 10_000)
  show()
}

const question = (name: Name, asked: string): HTMLElement => {
  const words = asked || `Your ${inWords(name)}`
  const input =
    name === "wish"
      ? create(
          "select",
          { name, id: `return-${name}` },
          ...["", "refund", "replacement"].map((wish) => create("option", { value: wish }, wish || "Choose …")),
        )
      : create("input", { name, id: `return-${name}`, autocomplete: "off" })
  return create("label", {}, words, input)
}

const known = (
  name: Name,
  given: { readonly value?: unknown; readonly known?: string },
  onChange: () => void,
): HTMLElement => {
  const button = create("button", { type: "button", className: "quiet" }, "Change")
  button.addEventListener("click", onChange)
  button.setAttribute("aria-label", `Change ${inWords(name)}`)
  const answer = create("span", {}, `${capital(inWords(name))}: `, create("strong", {}, inText(given.value)))
  const row = create("div", { className: "answer" }, answer, button, create("small", {}, given.known ?? ""))
  row.dataset.field = name
  return row
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
