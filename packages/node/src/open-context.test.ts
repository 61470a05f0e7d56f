import { defineContext, identityKey, latest, type ServiceStore } from "@tellonce/core"
import { expect, it } from "vitest"
import * as z from "zod"
import { createTellonce } from "./create-tellonce.ts"
import { createMemoryStore } from "./store/memory-store.ts"

const context = defineContext({ name: "shop", version: 1, fields: { order: latest(z.string()) } })
const keys = { publishable: "pk_of-the-shop", secret: "sk_of-the-shop-alone" }
const ada = { kind: "email", value: "ada@example.com" }
const phone = { kind: "phone", value: "+4930123456" }

/** A service on a store that, when told to, keeps back what it has found of somebody until something else was done. */
const start = () => {
  const memory = createMemoryStore()
  let held: { readonly key: string; readonly until: () => Promise<unknown> } | undefined
  const store: ServiceStore = {
    ...memory,
    async read(wanted) {
      const found = await memory.read(wanted)
      if (held === undefined || !wanted.includes(held.key)) return found
      const { until } = held
      held = undefined
      await until()
      return found
    },
  }
  const tellonce = createTellonce({ context, store, keys, log: false })
  const say = (identity: typeof ada, order: string) =>
    tellonce.record([{ identity, channel: "web", source: "page", facts: { order } }])
  const hold = (identity: typeof ada, until: () => Promise<unknown>) => {
    held = { key: identityKey(identity), until }
  }
  return { tellonce, say, hold, watch: memory.watch }
}

it("a context that is opened holds what was kept while it was being read", async () => {
  const { tellonce, say, hold } = start()
  await say(ada, "A-1")
  hold(ada, () => say(ada, "A-2"))
  const handle = await tellonce.open(ada)
  expect(handle.view().order).toMatchObject({ value: "A-2" })
  handle.close()
})

it("and what was kept while it was read anew, as somebody proved to be the same customer", async () => {
  const { tellonce, say, hold, watch } = start()
  await say(ada, "A-1")
  const handle = await tellonce.open(ada)
  const unwatch = watch(() => hold(phone, () => say(phone, "A-2")))
  await tellonce.link(ada, phone, "shop")
  unwatch()
  await expect.poll(() => handle.view().order).toMatchObject({ value: "A-2" })
  handle.close()
})
