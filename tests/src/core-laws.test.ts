import { consent, count, defineContext, defineRule, latest, recent, score, set } from "@tellonce/core"
import { contextLaws } from "@tellonce/testing"
import * as fc from "fast-check"
import * as z from "zod"

const word = fc.constantFrom("x", "y", "z")
const number = fc.integer({ min: 1, max: 3 })
const words = z.string()

/** A user's own: by its value, so that equal values share a register; keeps two. */
const smallest = defineRule<number, number>({
  key: (value) => `${value}`,
  keep: 2,
  read: ([first, ...rest]) =>
    first && {
      value: rest.reduce((least, { value }) => Math.min(least, Number(value)), Number(first.value)),
      entry: first,
    },
})

const rules = {
  "a rule of one's own": [smallest(z.number()), number],
  latest: [latest(words), word],
  "latest of a matter": [latest(words, { scope: "matter", authority: ["record", "agent"] }), word],
  recent: [recent(words, { keep: 3 }), fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 4 }))],
  set: [
    set(words, { keep: 2 }),
    fc.oneof(fc.array(word, { minLength: 1 }), fc.record({ add: fc.array(word), remove: fc.array(word) })),
  ],
  score: [score({ halfLife: "10m", keep: 3 }), number],
  count: [count({ window: "1h", keep: 3 }), number],
  consent: [
    consent(),
    fc.dictionary(fc.constantFrom("marketing", "analytics"), fc.constantFrom("granted", "denied"), { minKeys: 1 }),
  ],
} as const

for (const [name, [field, fact]] of Object.entries(rules)) {
  contextLaws({
    name,
    definition: defineContext({ name: "laws", version: 1, fields: { said: field } }),
    facts: { said: fact },
  })
}

contextLaws({
  name: "all rules together",
  definition: defineContext({
    name: "laws",
    version: 1,
    fields: {
      intent: rules.latest[0],
      viewed: rules.recent[0],
      tags: rules.set[0],
      frustration: rules.score[0],
      errors: rules.count[0],
    },
  }),
  facts: { intent: rules.latest[1], viewed: rules.recent[1], tags: rules.set[1], frustration: number, errors: number },
})
