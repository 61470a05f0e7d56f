import { expect, it } from "vitest"
import { repeatedErrors } from "./repeated-errors.ts"
import { runTells } from "./run-tells.ts"
import { happens, minute } from "./story.fixture.ts"

const fails = (at: number, code?: string) =>
  happens(`e${at}`, at, { name: "error", ...(code !== undefined && { data: { code } }) })
const fact = ({ found }: { readonly found: readonly string[] }) => ({ stuckAt: found.join() })
const same = (...signals: Parameters<typeof runTells>[1]) =>
  runTells([repeatedErrors({ fact })], signals).map(({ at, facts }) => [at, facts?.stuckAt])

it("three errors of one code within five minutes show at the third, others with them or not", () => {
  expect(same(fails(0, "card"), fails(1, "address"), fails(2, "card"), fails(5 * minute, "card"))).toEqual([
    [5 * minute, "card"],
  ])
  expect(same(fails(0, "card"), fails(2, "card"), fails(5 * minute + 1, "card"))).toEqual([])
})

it("errors without a code are of one kind", () => {
  expect(same(fails(0), fails(1, "card"), fails(2), fails(3))).toEqual([[3, ""]])
})

it("with any code, all errors count together", () => {
  const any = repeatedErrors({ fact: { blocked: true }, code: "any", errors: 2 })
  expect(runTells([any], [fails(0, "card"), fails(1, "address"), fails(2)]).map(({ id }) => id)).toEqual([
    "tell-repeated-errors-e1",
  ])
})
