import { describe, expect, it } from "vitest"
import { openForm } from "./open-form.fixture.ts"

describe("what is known", () => {
  it("stands in the place of its input, with where it is from, and is submitted under the same name", () => {
    const { know, guard, row, isAside, submitted } = openForm()
    know({ orderNumber: "A-1042", wish: "refund" })
    guard()
    expect(row("orderNumber")?.textContent).toBe("Order number: A-1042 known from web chat, just now Change")
    expect([isAside("order"), isAside("wish"), isAside("people")]).toEqual([true, true, false])
    expect(submitted()).toMatchObject({ order: "A-1042", wish: "refund", people: "", csrf: "t" })
  })

  it("is filled in instead, where that is wanted", () => {
    const { know, guard, row, control, isAside, submit, said } = openForm()
    know({ orderNumber: "A-1042", news: true })
    guard({ known: "fill" })
    expect([control("order").value, control("news").checked]).toEqual(["A-1042", true])
    expect([isAside("order"), row("orderNumber")]).toEqual([false, null])
    submit()
    expect(said().filter(({ facts }) => facts?.orderNumber ?? facts?.news)).toEqual([])
  })

  it("and is not what the input can hold, is asked: a rule broken out of sight would stop the form", () => {
    const { know, guard, control, isAside, said, fire } = openForm()
    know({ orderNumber: "not an order", wish: "replacement" })
    guard()
    expect([control("order").value, control("wish").value, isAside("order"), isAside("wish")]).toEqual([
      "",
      "",
      false,
      false,
    ])
    fire("focusin")
    expect(said()[0]?.event).toEqual({ name: "asked", fields: ["orderNumber", "guests", "wish", "news"] })
  })

  it("later comes in later and is announced; it goes when it is forgotten", () => {
    const { know, guard, control, isAside, heard, form } = openForm()
    const listened: string[] = []
    form.addEventListener("change", (event) => listened.push((event.target as HTMLInputElement).name))
    guard()
    expect(heard()).toBe("")
    know({ orderNumber: "A-1042" })
    expect([isAside("order"), control("order").value, heard()]).toEqual([true, "A-1042", "Order number: A-1042"])
    expect(listened).toEqual(["order"])
    know({ orderNumber: "A-7" })
    expect(control("order").value).toBe("A-7")
    know({ orderNumber: "not an order" })
    expect([isAside("order"), control("order").value]).toEqual([false, ""])
  })

  it("never interrupts what the customer is writing", () => {
    const { know, guard, control, isAside, type } = openForm()
    guard()
    control("order").focus()
    know({ orderNumber: "A-1042" })
    expect([isAside("order"), control("order").value]).toEqual([false, ""])
    type("order", "A-9")
    control("order").blur()
    know({ orderNumber: "A-1043" })
    expect([isAside("order"), control("order").value]).toEqual([false, "A-9"])
  })

  it("can be changed, and the input has the focus and the value", () => {
    const { know, guard, press, control, isAside, row, submit, said, type } = openForm()
    know({ orderNumber: "A-1042" })
    guard()
    press("orderNumber", "Change")
    expect([isAside("order"), row("orderNumber"), control("order").value]).toEqual([false, null, "A-1042"])
    expect(control("order").ownerDocument.activeElement).toBe(control("order"))
    type("order", "A-2000")
    submit()
    expect(said().flatMap(({ facts }) => (facts ? [facts] : []))).toEqual([{ orderNumber: "A-2000" }, { news: false }])
  })

  it("that is forgotten leaves the input, but for what the customer has typed", () => {
    const { know, forget, guard, press, control, type, submit } = openForm()
    know({ orderNumber: "A-1042", guests: 4 })
    const { release } = guard()
    press("orderNumber", "Change")
    press("guests", "Change")
    type("order", "A-9")
    control("order").blur()
    control("people").blur()
    forget("orderNumber")
    forget("guests")
    expect([control("order").value, control("people").value]).toEqual(["A-9", ""])
    submit()
    release()
    expect(control("order").value).toBe("A-9")
  })

  it("grows older in its place: the button under the customer's finger stays", () => {
    const { know, guard, row, age } = openForm()
    know({ orderNumber: "A-1042" })
    const { refresh } = guard()
    const button = row("orderNumber")?.querySelector("button")
    age(3_600_000)
    refresh()
    expect(row("orderNumber")?.textContent).toContain("1 hour ago")
    expect(row("orderNumber")?.querySelector("button")).toBe(button)
  })

  it("that becomes another while its button has the focus keeps the focus there", () => {
    const { know, guard, row } = openForm()
    know({ orderNumber: "A-1042" })
    guard()
    row("orderNumber")?.querySelector("button")?.focus()
    know({ orderNumber: "A-7" })
    const button = row("orderNumber")?.querySelector("button")
    expect(button?.ownerDocument.activeElement).toBe(button)
  })

  it("is called what the form calls it, or what the page wants", () => {
    const { know, guard, row, heard } = openForm()
    know({ orderNumber: "A-1042", wish: "refund" })
    const value = ({ field, text }: { field: string; text: string }) => (field === "orderNumber" ? `No. ${text}` : text)
    guard({ words: { value, yes: "Ja" } })
    expect(row("orderNumber")?.textContent).toContain("Order number: No. A-1042 known")
    expect(row("wish")?.textContent).toContain("Wish: Money known")
    know({ news: true })
    expect([row("news")?.querySelector("strong")?.textContent, heard()]).toEqual(["Ja", "News: Ja"])
  })

  it("is text, whatever it looks like", () => {
    const { know, guard, form, control } = openForm()
    control("order").removeAttribute("pattern")
    know({ orderNumber: "<img src=x onerror=alert(1)>" })
    guard()
    expect(form.querySelector("img")).toBeNull()
    expect(form.textContent).toContain("<img src=x onerror=alert(1)>")
  })
})

describe("what may have changed", () => {
  const openStale = () => {
    const opened = openForm()
    opened.know({ guests: 4 })
    opened.age(2 * 3_600_000)
    return opened
  }
  const words = { confirm: ({ text }: { text: string }) => `Is it still ${text} people?` }

  it("is a yes-or-no question in the form's own words, and submits nothing before it is answered", () => {
    const { guard, row, isAside, submitted } = openStale()
    guard({ words })
    expect(row("guests")?.textContent).toBe("Is it still 4 people? Yes No known from web chat, 2 hours ago")
    expect(row("guests")?.getAttribute("aria-label")).toBe("Is it still 4 people?")
    expect([isAside("people"), submitted().people]).toEqual([true, ""])
  })

  it("is asked about by the form's own label, unless the page has better words", () => {
    const { guard, row } = openStale()
    guard()
    expect(row("guests")?.textContent).toContain("Number of people: is it still 4? Yes No")
  })

  it("yes states it anew and hands it to the form", () => {
    const { guard, press, row, submitted, said } = openStale()
    guard({ words, matter: "trip-1" })
    press("guests", "Yes")
    expect(said()).toMatchObject([
      { event: { name: "asked", fields: ["orderNumber", "guests", "wish", "news"] }, matter: "trip-1" },
      { facts: { guests: 4 }, authority: "customer", matter: "trip-1" },
    ])
    expect(row("guests")?.textContent).toContain("Number of people: 4")
    expect(submitted().people).toBe("4")
  })

  it("and is not what the input can hold, is asked instead: a yes would leave the input empty", () => {
    const { know, guard, row, isAside, age, control } = openForm()
    know({ guests: 2 })
    guard()
    control("people").min = "3"
    age(2 * 3_600_000)
    know({ wish: "refund" })
    expect([row("guests"), isAside("people"), control("people").value]).toEqual([null, false, ""])
  })

  it("yes to what the input no longer holds is a yes all the same, and leads to the input", () => {
    const { guard, press, row, isAside, control, said, form } = openStale()
    guard()
    control("people").max = "3"
    press("guests", "Yes")
    expect([row("guests"), isAside("people"), form.ownerDocument.activeElement]).toEqual([
      null,
      false,
      control("people"),
    ])
    expect(said()).toContainEqual(expect.objectContaining({ facts: { guests: 4 } }))
  })

  it("no opens the empty input and states nothing", () => {
    const { guard, press, control, isAside, said } = openStale()
    guard({ words })
    press("guests", "No")
    expect([isAside("people"), control("people").value]).toEqual([false, ""])
    expect(said().filter(({ facts }) => facts)).toEqual([])
  })

  it("and must be answered, leads the customer to the question instead of stopping the form without a word", () => {
    const { guard, row, form } = openStale()
    guard({ words })
    form.reportValidity()
    expect(form.ownerDocument.activeElement).toBe(row("guests")?.querySelector("button"))
  })
})

describe("what is recorded", () => {
  it("that it was asked: when the customer first comes to the form, once for each field", () => {
    const { know, guard, fire, said } = openForm()
    know({ orderNumber: "A-1042", wish: "refund" })
    guard({ channel: "return-form" })
    expect(said()).toEqual([])
    fire("focusin")
    fire("focusin")
    fire("submit")
    expect(said()).toEqual([])
  })

  it("what the customer states, when they submit; what was known grows no younger", () => {
    const { know, guard, type, submit, said } = openForm()
    know({ orderNumber: "A-1042" })
    guard()
    type("people", "3")
    submit()
    expect(said()).toMatchObject([
      { event: { name: "asked", fields: ["guests", "wish", "news"] }, authority: "bot" },
      { facts: { guests: 3 }, authority: "customer" },
      { facts: { news: false }, authority: "customer" },
    ])
  })
})
