import { expect, it } from "vitest"
import { createTold } from "./create-told.ts"
import { createWatchers } from "./create-watchers.ts"

const start = () => {
  const watchers = createWatchers()
  const swept: string[] = []
  watchers.watch((news) => swept.push(...news.swept), new Set(["user:1"]))
  const told = createTold(watchers, "secret")
  const found = (seq: number) => told.foundSwept([{ key: "user:1", digest: told.digestOf("user:1").name, seq }])
  return { told, swept, found }
}

it("a sweep whose word was heard is not told again by the round of polling that finds it", () => {
  const { told, swept, found } = start()
  told.swept(["user:1"])
  told.forget(0)
  found(5)
  expect(swept).toEqual(["user:1"])
})

it("a word that comes after its sweep was found hides no later sweep whose own word is lost", () => {
  const { told, swept, found } = start()
  found(5)
  told.swept(["user:1"])
  for (let round = 0; round < 2; round++) told.forget(0)
  found(6)
  expect(swept).toEqual(["user:1", "user:1", "user:1"])
})
