import { type ContextClient, createClient, createMemoryStorage } from "@tellonce/client"
import { createTellonceHooks, type ReactPort } from "@tellonce/react"
import { expect, expectTypeOf, it } from "vitest"
import { shop } from "../service-under-test.ts"

type Shop = typeof shop.fields

it("a client is all that a provider can ask for, by its types and in fact", () => {
  expectTypeOf<ContextClient<Shop>>().toExtend<Required<ReactPort<Shop>>>()
  const client: ReactPort<Shop> = createClient({
    context: shop,
    url: "http://127.0.0.1:9",
    key: "pk_for-the-tests",
    storage: createMemoryStorage(),
    fetch: () => Promise.reject(new TypeError("Nobody is there.")),
  })
  expect(client.status?.().connection).not.toBe("live")
  expect(client.ask?.(["orderNumber"]).orderNumber.answer).toBe("ask")
  client.close?.()
  expect(client.status?.().connection).toBe("closed")
})

it("the hooks take what the definition declares, and nothing else", () => {
  const { useFact, useTell } = createTellonceHooks(shop)
  expectTypeOf(useFact<"intent">)
    .returns.extract<{ state: "fresh" | "stale" }>()
    .toHaveProperty("value")
    .toEqualTypeOf<"browse" | "return">()
  expectTypeOf<Parameters<typeof useFact>[0]>().toEqualTypeOf<keyof Shop>()
  expectTypeOf(useTell).returns.parameter(0).not.toHaveProperty("colour")
})
