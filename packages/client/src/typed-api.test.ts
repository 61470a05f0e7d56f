import type { ContextPort } from "@tellonce/core"
import { expect, expectTypeOf, it } from "vitest"
import { openClient, type ShopFields, service, useBench } from "./bench.suite.ts"

useBench()

it("what may be told and what is read follow from the definition", () => {
  const client = openClient()
  expectTypeOf(client).toExtend<ContextPort<ShopFields>>()
  expectTypeOf(client.view().intent.value).toEqualTypeOf<"browse" | "buy" | "return" | undefined>()
  expectTypeOf(client.view().viewed.value).toEqualTypeOf<readonly string[] | undefined>()
  client.tell({ intent: "buy", viewed: ["a"], tags: { add: ["x"] } }, { channel: "page" })
  // @ts-expect-error: not one of the declared intents
  client.tell({ intent: "dance" }, { channel: "page" })
  // @ts-expect-error: no such field
  client.tell({ shoeSize: 42 }, { channel: "page" })
  // @ts-expect-error: a statement is made in a channel
  client.tell({ intent: "buy" }, {})
  // @ts-expect-error: no such field
  expect(client.view().shoeSize).toBeUndefined()
  // @ts-expect-error: no such field
  client.ask(["shoeSize"])
  expectTypeOf(client.ask(["intent"])).toHaveProperty("intent")
  client.on("sent", (ids) => expectTypeOf(ids).toEqualTypeOf<readonly string[]>())
  // @ts-expect-error: no such event
  client.on("sended", () => {})
  expect(client.view().intent.value).toBe("buy")
})

it("an option that there may not be can be handed on as it is", async () => {
  const absent = { identity: undefined, source: undefined, token: undefined, consent: undefined, debug: undefined }
  const client = openClient({ ...absent, storage: undefined, clock: undefined, fetch: undefined, onError: undefined })
  client.tell({ intent: "buy" }, { channel: "page" })
  await client.flush()
  expect(service.signals()).toMatchObject([{ source: "client", facts: { intent: "buy" } }])
})
