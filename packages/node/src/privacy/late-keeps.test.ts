import type { Signal } from "@tellonce/core"
import { expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { createMemoryErasureLedger } from "./erasure-ledger.ts"
import { createLateKeeps } from "./late-keeps.ts"
import { shop as definition, said } from "./shop.fixture.ts"

const open = () => {
  let now = 0
  const asked: string[] = []
  const swept: string[] = []
  const memory = createMemoryStore()
  const store: typeof memory = {
    ...memory,
    lateness: 1,
    sweep(keys, ...rest) {
      swept.push(...keys)
      return memory.sweep(keys, ...rest)
    },
  }
  const ledger = createMemoryErasureLedger({ pepper: "a pepper of the tests alone" })
  const lateKeeps = createLateKeeps({
    definition,
    store,
    ledger: {
      ...ledger,
      epochs(keys) {
        asked.push(...keys)
        return ledger.epochs(keys)
      },
    },
    clock: () => now,
    onError: (error) => expect.fail(String(error)),
  })
  return {
    lateKeeps,
    asked,
    swept,
    keep: (...users: string[]) =>
      lateKeeps.add(
        users.map((value) => said({ kind: "user", value }) as unknown as Signal),
        new Map(),
      ),
    erase: (key: string) => ledger.keep(ledger.subjectsOf(key).map((subject) => ({ subject, epoch: 1 }))),
    pass: (time: number) => {
      now += time
    },
  }
}

it("asks of each customer once, however much of theirs was kept", async () => {
  const { lateKeeps, asked, swept, keep, erase } = open()
  keep("1", "2", "1", "1")
  await erase("user:1")
  await lateKeeps.look()
  await lateKeeps.sweep()
  expect(asked).toEqual(["user:1", "user:2"])
  expect(swept).toEqual(["user:1"])
})

it("remembers what was kept in the last seconds, and forgets it though nothing more is kept", async () => {
  const { lateKeeps, swept, keep, erase, pass } = open()
  keep("1")
  pass(5_000)
  await lateKeeps.sweep()
  keep("2")
  pass(5_000)
  await lateKeeps.sweep()
  for (const key of ["user:1", "user:2"]) await erase(key)
  await lateKeeps.look()
  await lateKeeps.sweep()
  expect(swept).toEqual(["user:2"])
})
