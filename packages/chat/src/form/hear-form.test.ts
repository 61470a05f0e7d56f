import { describe, expect, it } from "vitest"
import { openForm } from "./open-form.fixture.ts"

describe("what is sent", () => {
  const nextTurn = () => new Promise((resolve) => setTimeout(resolve))

  it("is what stood there, though it has become something to confirm", async () => {
    const { know, guard, age, row, submit, submitted, type } = openForm()
    know({ guests: 4 })
    guard()
    age(2 * 3_600_000)
    type("order", "A-9")
    submit()
    expect([submitted().people, row("guests")?.className]).toEqual(["4", "tellonce-known"])
    await nextTurn()
    expect(row("guests")?.className).toBe("tellonce-confirm")
    expect(row("orderNumber")?.textContent).toContain("A-9")
  })

  it("and not taken by the context stays in the input, and so does what was emptied", async () => {
    const { know, guard, press, control, type, submit, submitted, isAside } = openForm()
    know({ orderNumber: "A-1042", wish: "refund" })
    guard()
    press("orderNumber", "Change")
    press("wish", "Change")
    control("wish").insertAdjacentHTML("beforeend", "<option>repair</option>")
    type("wish", "repair")
    type("order", "")
    control("order").blur()
    submit()
    await nextTurn()
    expect(submitted()).toMatchObject({ order: "", wish: "repair" })
    expect([isAside("order"), isAside("wish")]).toEqual([false, false])
  })
})

describe("the form", () => {
  it("is exactly as it was when it is released, but for what the customer typed", () => {
    const { know, guard, form, type, press, control, age } = openForm()
    control("people").style.color = "red"
    const before = form.outerHTML
    const { release } = guard()
    know({ guests: 4 })
    age(2 * 3_600_000)
    know({ orderNumber: "A-1042", news: true })
    press("news", "Change")
    type("wish", "refund")
    expect(form.outerHTML).not.toBe(before)
    release()
    release()
    expect(form.outerHTML).toBe(before)
    expect([control("order").value, control("news").checked, control("wish").value]).toEqual(["", false, "refund"])
    know({ orderNumber: "A-7" })
    expect(form.outerHTML).toBe(before)
  })

  it("may have inputs that come and go", () => {
    const { know, guard, form, row, isAside, control, said, fire } = openForm()
    know({ orderNumber: "A-1042", guests: 4 })
    const { refresh, release } = guard()
    const order = control("order").parentElement as HTMLElement
    order.remove()
    refresh()
    expect([row("orderNumber"), order.hidden]).toEqual([null, false])
    const people = control("people").cloneNode() as HTMLInputElement
    control("people").replaceWith(people)
    form.prepend(order)
    refresh()
    expect(form.querySelectorAll("[data-field=guests]").length).toBe(1)
    expect([row("orderNumber")?.nextElementSibling, isAside("people"), people.value]).toEqual([order, true, "4"])
    release()
    expect(form.querySelector("[data-field], [hidden]")).toBeNull()
    fire("focusin")
    expect(said()).toEqual([])
  })

  it("has a new input in which the customer types before anybody looks: it is theirs", () => {
    const { know, guard, form, control, type, submit, said } = openForm()
    know({ orderNumber: "A-1042" })
    const order = control("order").parentElement as HTMLElement
    order.remove()
    const { refresh } = guard()
    form.prepend(order)
    type("order", "A-9")
    refresh()
    submit()
    expect(control("order").value).toBe("A-9")
    expect(said()).toContainEqual(expect.objectContaining({ facts: { orderNumber: "A-9" } }))
  })

  it("stays as it is released: nothing that is still to come guards it again", async () => {
    const { know, guard, form, control } = openForm()
    const before = form.outerHTML
    know({ orderNumber: "A-1042" })
    const { release, refresh } = guard()
    control("people").focus()
    control("people").blur()
    form.reset()
    release()
    await new Promise((resolve) => setTimeout(resolve))
    refresh()
    expect([form.outerHTML, control("order").value]).toEqual([before, ""])
  })

  it("that is reset has what is known again", async () => {
    const { know, guard, form, control } = openForm()
    know({ orderNumber: "A-1042" })
    guard()
    form.reset()
    expect(control("order").value).toBe("")
    await new Promise((resolve) => setTimeout(resolve))
    expect(control("order").value).toBe("A-1042")
  })

  it("that is not reset, as the app forbids it, keeps what the customer has typed", async () => {
    const { know, guard, form, type, control } = openForm()
    guard()
    type("order", "A-9")
    know({ orderNumber: "A-1042" })
    form.addEventListener("reset", (event) => event.preventDefault())
    form.reset()
    await new Promise((resolve) => setTimeout(resolve))
    expect(control("order").value).toBe("A-9")
  })

  it("may have inputs outside of it: what is typed there stays, and that they are asked is known", () => {
    const { know, guard, form, type, control, said } = openForm()
    form.id = "trip"
    control("order").setAttribute("form", "trip")
    form.after(control("order"))
    guard().release()
    control("order").focus()
    expect(said()).toEqual([])
    guard()
    control("order").blur()
    control("order").focus()
    expect(said()).toMatchObject([{ event: { name: "asked" } }])
    control("order").blur()
    type("order", "A-9")
    know({ orderNumber: "A-1042" })
    expect(control("order").value).toBe("A-9")
  })

  it("has inputs of its own, and secrets: they are left alone", () => {
    const { know, guard, control } = openForm()
    know({ mail: "ada@example.com" })
    guard({ fields: { mail: "mail", absent: "orderNumber" } })
    expect(control("mail").value).toBe("")
  })
})
