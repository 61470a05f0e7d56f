import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { expect, it } from "vitest"
import { leaksIn, startUnderAttack, victim } from "./victim.ts"

it("after an erasure no byte of the store's files knows the customer", async () => {
  const service = await startUnderAttack()
  const directory = dirname(service.database)
  const bytes = async () => {
    const files = (await readdir(directory)).filter((file) => file.startsWith(basename(service.database)))
    return Promise.all(files.map((file) => readFile(join(directory, file), "latin1")))
  }
  expect(leaksIn(await bytes()).length).toBeGreaterThan(0)
  await service.tellonce.erase(victim)
  expect(leaksIn(await bytes())).toEqual([])
  await service.close()
})
