import { expect, it } from "vitest"
import { defineReplayContext } from "./define-replay-context.ts"
import { tinyMap } from "./tiny-dialogue.fixture.ts"

it("a key of unknown meaning is confirmed, a local slot stays local, and who the customer is may be taken as known", () => {
  const { fields } = defineReplayContext(
    { ...tinyMap, slots: { zoo: { feeding: "animal" }, table: { booker: "customer_name" } } },
    [{ service: "zoo", slot: "gate" }],
  )
  const reuse = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.reuse]))
  expect(reuse).toMatchObject({
    animal: "confirm",
    "zoo.gate": "never",
    customer_name: "always",
    first_name: "confirm",
  })
})
