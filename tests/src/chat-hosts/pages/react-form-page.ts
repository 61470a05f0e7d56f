import { guardForm } from "@tellonce/chat/form"
import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { type ChangeEvent, createElement as h, useState } from "react"
import { createRoot } from "react-dom/client"
import * as z from "zod/mini"

const definition = defineContext({
  name: "trips",
  version: 1,
  fields: {
    orderNumber: latest(z.string()),
    wish: latest(z.string()),
    size: latest(z.string()),
    news: latest(z.boolean()),
    remark: latest(z.string()),
  },
})
type Name = keyof typeof definition.fields

const port = createMemoryPort({ definition, now: () => 1_000_000 })
const context = {
  ...port,
  ask: (names: readonly Name[]) => ask(applySignals(emptyContext(definition), port.signals), names, { now: 1_000_000 }),
}

const held: Record<string, unknown> = {}

/** A form all of whose inputs React controls. */
const Form = () => {
  const [values, set] = useState({ orderNumber: "", wish: "", size: "", news: false, remark: "" })
  Object.assign(held, values)
  const onChange = ({ target }: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
    set((before) => ({
      ...before,
      [target.name]: target.type === "checkbox" ? (target as HTMLInputElement).checked : target.value,
    }))
  const radio = (value: string) =>
    h("label", {}, h("input", { type: "radio", name: "wish", value, checked: values.wish === value, onChange }), value)
  return h(
    "form",
    {},
    h("label", {}, "Order ", h("input", { name: "orderNumber", value: values.orderNumber, onChange })),
    h("fieldset", {}, h("legend", {}, "Wish"), radio("refund"), radio("replacement")),
    h(
      "label",
      {},
      "Size ",
      h("select", { name: "size", value: values.size, onChange }, h("option", { value: "" }), h("option", {}, "XL")),
    ),
    h("label", {}, "News ", h("input", { type: "checkbox", name: "news", checked: values.news, onChange })),
    h("label", {}, "Remark ", h("textarea", { name: "remark", value: values.remark, onChange })),
  )
}

createRoot(document.querySelector("main") as HTMLElement).render(h(Form))
const names = Object.keys(definition.fields) as Name[]
const guard = () =>
  guardForm(document.querySelector("form") as HTMLFormElement, {
    context,
    fields: Object.fromEntries(names.map((name) => [name, name])),
  })
Object.assign(window, {
  tellonce: { guard, held, know: (facts: Record<string, unknown>) => port.record({ channel: "web-chat", facts }) },
})
