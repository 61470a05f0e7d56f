import { defineContext, latest } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createIngest } from "../create-ingest.ts"
import { keys, now, shop } from "../ingest.suite.ts"
import { ecommerceEvents } from "../segment/ecommerce-events.ts"
import type { Sources } from "../sources.ts"
import { readPath } from "./read-path.ts"
import type { Table } from "./table.ts"
import { toFacts } from "./to-facts.ts"

const open = (sources: Sources<typeof shop.fields>) => sources
/** A table somebody else wrote, to be extended. */
const usual: Table<typeof shop.fields> = { created: { orderNumber: "number" } }

describe("a table is typed from the definition", () => {
  it("a few lines extend it", () => {
    const sources = open({
      segment: {
        table: {
          "Order Completed": {
            orderNumber: "properties.order_id",
            spent: ({ properties }) => Number(properties.total),
          },
        },
        events: { ...ecommerceEvents, "Signed Up": "account.opened" },
      },
      shopify: { secret: "a-secret-of-theirs", table: { ...usual, delayed: { orderStatus: () => "delayed" } } },
    })
    expect(Object.keys(sources)).toEqual(["segment", "shopify"])
  })

  it("a field that is not declared, a value that is not the field's and a member that no message has do not compile", () => {
    const wrong = () => [
      // @ts-expect-error no such field
      open({ segment: { table: { "Order Completed": { orderNo: "properties.order_id" } } } }),
      // @ts-expect-error no such field, in a table that extends another
      open({ shopify: { secret: "", table: { ...usual, delayed: { orderNo: "number" } } } }),
      // @ts-expect-error not one of the states declared
      open({ stripe: { secret: "", table: { "charge.succeeded": { orderStatus: () => "lost" } } } }),
      // @ts-expect-error a number is no text
      open({ cloudEvents: { table: { created: { orderNumber: () => 1042 } } } }),
      // @ts-expect-error Segment's messages have properties and no data
      open({ segment: { table: { created: { spent: ({ data }) => Number(data) } } } }),
      // @ts-expect-error whose a standard webhook is must be told
      open({ standardWebhooks: { carrier: { secret: "" } } }),
      // The field is looked up in the definition that is given, not guessed from the table.
      createIngest({
        context: shop,
        keys,
        clock: () => now,
        record: async () => [],
        // @ts-expect-error no such field
        sources: { segment: { table: { "Order Completed": { orderNo: "properties.order_id" } } } },
      }),
    ]
    expect(wrong).toBeTypeOf("function")
  })
})

describe("paths", () => {
  const body = { a: { b: [{ c: 1 }, { c: 2 }, { d: 3 }], "": 7 }, n: null }
  it.each([
    ["a.b.0.c", 1],
    ["a.b.c", [1, 2]],
    ["a.b.x", undefined],
    ["a.b.9.c", undefined],
    ["n", null],
    ["n.x", undefined],
    ["a.b.length", undefined],
    ["constructor.name", undefined],
    ["__proto__", undefined],
    ["a.b.constructor", undefined],
    ["", undefined],
  ])("%s leads to %j", (path, value) => {
    expect(readPath(body, path)).toEqual(value)
  })
})

describe("facts", () => {
  const by = { kind: "user", value: "u1" }
  const facts = (row: object, body: object) => toFacts(row as never, body, { definition: shop, by })

  it("a number where the field holds text is that text, and never the other way round", () => {
    expect(facts({ orderNumber: "n", spent: "t" }, { n: 1042, t: "49.9" })).toEqual({
      facts: { orderNumber: "1042" },
      refused: [expect.objectContaining({ code: "fact/wrong_type" })],
    })
  })

  it("a value is handed on as it was sent, for the service reads it by the schema once more", () => {
    const definition = defineContext({
      name: "shop",
      version: 1,
      fields: { spent: latest(z.codec(z.string(), z.number(), { decode: Number, encode: String })) },
    })
    expect(toFacts({ spent: "t" } as never, { t: "49.9" }, { definition, by }).facts).toEqual({ spent: "49.9" })
  })

  it("what is missing, null or empty states nothing", () => {
    const row = { orderNumber: "a", orderStatus: "b", viewed: "c", spent: () => undefined }
    expect(facts(row, { b: null, c: [] })).toEqual({ facts: {}, refused: [] })
  })

  it("zero and false are values", () => {
    expect(facts({ spent: "a", inStock: "b" }, { a: 0, b: false }).facts).toEqual({ spent: 0, inStock: false })
  })
})
