import fc from "fast-check"
import { expect, it } from "vitest"
import { limits } from "./limits.ts"
import { scanJson } from "./scan-json.ts"

/** Large enough to be looked at. */
const padding = `"${"x".repeat(60_000)}","${"y".repeat(10_000)}"`
const codeOf = (text: string) => {
  try {
    scanJson(Buffer.from(text))
    return undefined
  } catch (thrown) {
    return (thrown as { code: string }).code
  }
}

it.each([
  ["shape/too_deep", `[${padding},${"[".repeat(100)}${"]".repeat(100)}]`],
  ["shape/too_deep", `[${padding},${'{"a":'.repeat(100)}1${"}".repeat(100)}]`],
  ["shape/too_wide", `[${padding},${"1,".repeat(limits.bodyMembers)}1]`],
  ["shape/too_wide", `[${padding},${"[],".repeat(limits.bodyMembers / 2)}1]`],
  [
    "shape/too_wide",
    `{"a":[${padding}]${Array.from({ length: limits.bodyMembers }, (_, at) => `,"k${at}":1`).join("")}}`,
  ],
  ["shape/too_wide", `[${padding},[${"1,".repeat(1_000)}1]]`],
  ["shape/too_wide", `[${padding},[${Array(60).fill(`[${"1,".repeat(900)}1]`)}]]`],
  ["shape/text_too_long", `["${"\\\\".repeat(300_000)}"]`],
  ["shape/text_too_long", `["${"x".repeat(500_000)}`],
  [
    "shape/number_texts",
    `[${padding},${Array.from({ length: 7 }, (_, part) => `{${Array.from({ length: 900 }, (_, at) => `"${(part * 900 + at) * 65_536}":1`).join()}}`).join()}]`,
  ],
])("%s, before anything is built of it (%#)", (code, text) => {
  expect(codeOf(text)).toBe(code)
})

it("passes every proper body of signals, whatever brackets, quotes and commas its texts hold", () => {
  const text = fc.string({ unit: fc.constantFrom("[", "{", "\\", '"', ",", "é", "1", "\n") })
  fc.assert(
    fc.property(fc.array(fc.dictionary(text, text), { maxLength: 50 }), (signals) => {
      expect(codeOf(JSON.stringify({ signals, padding: padding.split(",") }))).toBeUndefined()
    }),
  )
})

it("counts what is there: a text's own brackets do not hide a nest that follows it", () => {
  const text = fc.string({ unit: fc.constantFrom("]", "}", "\\", '"') })
  fc.assert(
    fc.property(text, (before) => {
      const nest = `${"[".repeat(60)}${"]".repeat(60)}`
      expect(codeOf(`[${padding},${JSON.stringify(before)},${nest}]`)).toBe("shape/too_deep")
    }),
  )
})
