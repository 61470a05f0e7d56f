import { count, defineContext, latest, recent, score, set } from "@tellonce/core"
import * as z from "zod"

/** `hits` counts every signal, so that one that is lost or doubled shows in the view; the others make the order of arrival matter, if it could. */
export const nodesContext = defineContext({
  name: "nodes",
  version: 1,
  fields: {
    hits: count({ window: "30d", keep: 10_000 }),
    city: latest(z.string()),
    viewed: recent(z.string(), { keep: 5 }),
    tags: set(z.string()),
    heat: score({ halfLife: "10m" }),
  },
})
