import { consent, defineContext, latest, recent } from "@tellonce/core"
import * as z from "zod/mini"

/** What the page and the service of these tests share. */
export const pageContext = defineContext({
  name: "page",
  version: 1,
  fields: {
    intent: latest(z.enum(["browse", "buy", "return"])),
    viewed: recent(z.string(), { keep: 64 }),
    liked: latest(z.string()),
    consent: consent(),
  },
})
