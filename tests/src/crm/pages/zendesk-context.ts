import { defineContext, latest } from "@tellonce/core"
import * as z from "zod/mini"

/** What the page and the service of the sidebar test agree on. */
export const shop = defineContext({
  name: "sidebar",
  version: 1,
  fields: { orderNumber: latest(z.string(), {}), intent: latest(z.string(), {}) },
})
