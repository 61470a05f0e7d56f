import { createElement as h } from "react"
import { expect, expectTypeOf, it } from "vitest"
import { during, Probe, press, render } from "./render.suite.ts"
import { createShop, hooks, minute } from "./shop.suite.ts"

const { TellonceProvider, useGuardedForm } = hooks
const channel = "web-chat"
const fields = { order: "orderNumber", people: "guests", why: "intent" } as const

const useForm = (known?: "hide" | "fill") => useGuardedForm({ fields, channel: "return-form", matter: "m-1", known })
type Form = ReturnType<typeof useForm>

/** A form that shows the steps of its inputs. */
const showForm = async (known?: "hide" | "fill") => {
  const { port, schedule, pass } = createShop()
  let form: Form | undefined
  const use = () => {
    form = useForm(known)
    return Object.values(form.steps)
      .map(({ show }) => show)
      .join()
  }
  const page = await render(h(TellonceProvider, { context: port, schedule }, h(Probe, { use })))
  const at = <Name extends string>(name: Name) => ({ target: { name } as unknown as EventTarget })
  return {
    ...page,
    port,
    pass,
    at,
    events: () => port.signals.map(({ facts, event }) => event ?? facts),
    act: (deed: (form: Form) => void) => during(() => form && deed(form)),
  }
}

it("what is known is not asked, what may have changed is confirmed, and steps are typed", async () => {
  const { text, port, pass, act } = await showForm()
  expect(text()).toBe("input,input,input")
  await during(() => port.record({ channel, facts: { orderNumber: "A-1", intent: "return" } }))
  expect(text()).toBe("known,input,known")
  await during(() => port.record({ channel, facts: { guests: 4 }, matter: "m-0" }))
  await during(() => pass(31 * minute))
  expect(text()).toBe("known,confirm,confirm")
  await act(({ steps }) => {
    expectTypeOf<Extract<typeof steps.people, { show: "confirm" }>["value"]>().toEqualTypeOf<number>()
    expect(steps.people).toMatchObject({ value: 4, question: "Is your guests still 4?" })
  })
})

it("the customer is asked once, by what the form asks when they first come to it", async () => {
  const { port, act, at, events } = await showForm()
  await during(() => port.record({ channel, facts: { orderNumber: "A-1" } }))
  await act(({ handlers }) => handlers.onFocus(at("people")))
  await act(({ handlers }) => handlers.onFocus(at("why")))
  expect(events().slice(1)).toEqual([{ name: "asked", fields: ["guests", "intent"] }])
  expect(port.signals[1]).toMatchObject({ authority: "bot", channel: "return-form", matter: "m-1" })
})

it("a yes is recorded at once and holds; a change gives the input back", async () => {
  const { text, port, act, events } = await showForm()
  await during(() => port.record({ channel, facts: { guests: 4, orderNumber: "A-1" }, matter: "m-0" }))
  await act(({ confirm }) => confirm("people"))
  expect(text()).toBe("known,known,input")
  expect(events().at(-1)).toEqual({ guests: 4 })
  await act(({ change }) => change("order"))
  expect(text()).toBe("input,known,input")
  await act(({ confirm }) => confirm("order"))
  expect(text()).toBe("input,known,input")
})

it("nobody is interrupted: an input they are in, or have written in, stays theirs", async () => {
  const { text, port, act, at } = await showForm()
  await act(({ handlers }) => handlers.onFocus(at("order")))
  await during(() => port.record({ channel, facts: { orderNumber: "A-1", intent: "return" } }))
  expect(text()).toBe("input,input,known")
  await act(({ handlers }) => handlers.onBlur())
  expect(text()).toBe("known,input,known")
  await act(({ handlers }) => handlers.onFocus(at("people")))
  await act(({ handlers }) => handlers.onInput(at("people")))
  await act(({ handlers }) => handlers.onInput(at("toString")))
  await act(({ handlers }) => handlers.onBlur())
  await during(() => port.record({ channel, facts: { guests: 2 }, matter: "m-1" }))
  expect(text()).toBe("known,input,known")
})

it("sending records what they stated, and nothing that only stood there", async () => {
  const { text, port, act, events } = await showForm("fill")
  await during(() => port.record({ channel, facts: { orderNumber: "A-1", intent: "return" } }))
  expect(text()).toBe("filled,input,filled")
  await act(({ submit }) => submit({ order: "A-1", people: 3, why: "browse" }))
  expect(events().slice(1)).toEqual([{ name: "asked", fields: ["guests"] }, { guests: 3 }, { intent: "browse" }])
  await act(({ submit }) => submit({ order: "", people: null }))
  expect(port.signals.length).toBe(4)
  expect(port.refused).toEqual([])
  expect(text()).toBe("filled,filled,filled")
})

it("what the context refuses of one field costs no other", async () => {
  const { text, port, act, events } = await showForm()
  await act(({ submit }) => submit({ order: "A-1", people: "3" as never }))
  expect(events().slice(1)).toEqual([{ orderNumber: "A-1" }])
  expect(port.refused).toMatchObject([{ code: "fact/wrong_type" }])
  expect(text()).toBe("known,input,input")
})

it("the handlers stand on a real form", async () => {
  const { port, schedule } = createShop()
  const page = await render(h(TellonceProvider, { context: port, schedule }, h(RealForm)))
  await press(page, "input", "focusin")
  await press(page, "input", "input")
  await during(() => port.record({ channel, facts: { orderNumber: "A-1" } }))
  await press(page, "input", "focusout")
  expect(page.element.querySelectorAll("input").length).toBe(1)
  await press(page, "button")
  expect(port.signals.at(-1)).toMatchObject({ facts: { orderNumber: "B-2" } })
})

const RealForm = () => {
  const { steps, handlers, submit } = useGuardedForm({ fields: { order: "orderNumber" } })
  const input = steps.order.show === "input" ? h("input", { name: "order", defaultValue: "B-2" }) : steps.order.text
  return h("form", handlers, input, h("button", { type: "button", onClick: () => submit({ order: "B-2" }) }))
}
