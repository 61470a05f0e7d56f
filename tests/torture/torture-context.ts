import { count, defineContext } from "@tellonce/core"

/** Each signal counts one hit, so that one that is lost or doubled shows in the view. */
export const tortureContext = defineContext({
  name: "torture",
  version: 1,
  fields: { hits: count({ window: "30d", keep: 10_000 }) },
})

export const secret = "sk_for-the-torture-alone"

export const customerOf = (value: string) => ({ kind: "user", value })
