import { JSDOM } from "jsdom"
import { afterEach, describe, expect, it } from "vitest"
import { findControl } from "./find-control.ts"

let open: JSDOM | undefined
afterEach(() => open?.window.close())

/** One question of a form with this in it. */
const find = (html: string, name = "wish") => {
  open = new JSDOM(`<form>${html}</form>`)
  const form = open.window.document.forms[0] as HTMLFormElement
  return findControl(form, name)
}
const radios = `<label><input type="radio" name="wish" value="refund"> Money</label>
  <label><input type="radio" name="wish" value="replacement"> Another one</label>`

describe("what is put aside of a choice", () => {
  const partsOf = (html: string) => find(html)?.parts.map(({ tagName }) => tagName)

  it("is the group around it", () => {
    expect(partsOf(`<fieldset><legend>Wish</legend>${radios}<input type="hidden" name="csrf"></fieldset>`)).toEqual([
      "FIELDSET",
    ])
    expect(partsOf(`<div role="radiogroup">${radios}</div>`)).toEqual(["DIV"])
    expect(partsOf(`<div data-row><fieldset>${radios}</fieldset></div>`)).toEqual(["DIV"])
  })

  it.each(['<input name="remark">', "<button>Send</button>", "<select></select>", "<textarea></textarea>"])(
    "is not the group that also holds %s",
    (other) => {
      expect(partsOf(`<fieldset><legend>Your trip</legend>${radios}${other}</fieldset>`)).toEqual(["LABEL", "LABEL"])
    },
  )

  it("is not the group that holds a part of it", () => {
    expect(partsOf(`<fieldset>${radios}</fieldset><input type="radio" name="wish" value="neither">`)).toEqual([
      "LABEL",
      "LABEL",
      "INPUT",
    ])
  })
})

describe("a question is called", () => {
  it.each([
    ["by the legend of its group", `<fieldset><legend>Your wish?</legend>${radios}</fieldset>`, "Your wish"],
    ["by the name of its group", `<div role="radiogroup" aria-label="Your wish">${radios}</div>`, "Your wish"],
    [
      "by what names its group",
      `<p id="one">Your</p><p id="two">wish:</p><div role="radiogroup" aria-labelledby="one two">${radios}</div>`,
      "Your wish",
    ],
    ["by what names it", '<b id="one">Your wish *</b><input name="wish" aria-labelledby="one none">', "Your wish"],
    ["by its label", '<label>Your <i>wish</i>: <input name="wish"></label>', "Your wish"],
    ["by its own name", '<input name="wish" aria-label="Your wish">', "Your wish"],
    ["as its input, not as a group of more", `<fieldset><legend>Trip</legend>${radios}<input></fieldset>`, "wish"],
    ["as its input, not as one of its answers", radios, "wish"],
  ])("%s", (_, html, label) => {
    expect(find(html)?.label).toBe(label)
  })
})

it("of a choice only the answer that is chosen tells it", () => {
  const control = find(radios)
  const told: string[] = []
  const { document } = open?.window ?? {}
  document?.addEventListener("change", ({ target }) => told.push((target as HTMLInputElement).value))
  control?.write("replacement")
  control?.write("refund")
  control?.restore()
  expect(told).toEqual(["replacement", "refund"])
})

it("a text may have lines, whoever has written it; where there is one line it cannot be held", () => {
  const lines = find('<textarea name="wish"></textarea>')
  expect(lines?.canHold("one\r\ntwo")).toBe(true)
  lines?.write("one\r\ntwo")
  expect([lines?.isAsWritten(), lines?.read(undefined)]).toEqual([true, "one\ntwo"])
  expect(find('<input name="wish">')?.canHold("one\r\ntwo")).toBe(false)
})

it("a value longer or shorter than the input takes cannot be held", () => {
  const canHold = (html: string, values: readonly unknown[]) => values.map((value) => find(html)?.canHold(value))
  expect(canHold('<input name="wish" minlength="2" maxlength="4">', ["a", "ab", "abcd", "abcde"])).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(canHold('<textarea name="wish" maxlength="4"></textarea>', ["abcd", "abcde"])).toEqual([true, false])
  expect(canHold('<input type="number" name="wish" maxlength="1">', [1, 10])).toEqual([true, true])
})

it("several inputs of one name that are no choice are no one question", () => {
  const tick = '<input type="checkbox" name="wish">'
  expect(find(tick)).toBeDefined()
  expect(find(`<input type="hidden" name="wish" value="0">${tick}`)).toBeDefined()
  expect(find(tick + tick)).toBeUndefined()
  expect(find('<input name="wish"><input name="wish">')).toBeUndefined()
})

it("an answer is called what the page calls it", () => {
  const select = '<select name="wish"><option value="refund">Money</option><option>Another one</option></select>'
  const textsOf = (html: string) => ["refund", "Another one", "none"].map((value) => find(html)?.textOf(value))
  expect(textsOf(select)).toEqual(["Money", "Another one", undefined])
  expect(textsOf(radios)).toEqual(["Money", undefined, undefined])
  expect(textsOf('<label>Wish <input name="wish"></label>')).toEqual([undefined, undefined, undefined])
})
