import { peers } from "./peers.mjs"

/** What a page runs to start each client, its usual way; `{service}` is where ours is to be found. */
export const entries: Readonly<Record<string, string>> = {
  empty: "",
  tellonce: `import { createClient } from "@tellonce/client"
    import { defineContext, latest, recent } from "@tellonce/core"
    import * as z from "zod/mini"
    const context = defineContext({ name: "page", version: 1, fields: {
      intent: latest(z.enum(["browse", "buy", "return"])), viewed: recent(z.string(), { keep: 64 }) } })
    const one = createClient({ context, url: "{service}", key: "pk_for-the-tests" })
    one.tell({ viewed: "e" }, { channel: "page" })`,
  ...peers,
}
