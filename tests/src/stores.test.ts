import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createMemoryStore, createSqliteStore } from "@tellonce/node"
import { storeSuite } from "@tellonce/testing"
import { expect, it } from "vitest"

storeSuite({
  name: "the memory store",
  persists: false,
  open: async () => ({ store: createMemoryStore(), dispose: async () => {} }),
})

storeSuite({
  name: "the SQLite store",
  persists: true,
  async open() {
    const directory = await mkdtemp(join(tmpdir(), "tellonce-store-"))
    const path = join(directory, "store.db")
    let store = await createSqliteStore({ path })
    return {
      store,
      async reopen() {
        await store.close?.()
        store = await createSqliteStore({ path })
        return store
      },
      async dispose() {
        await store.close?.()
        await rm(directory, { recursive: true })
      },
    }
  },
})

it("a SQLite file has one owner: a second one is refused and told why, and the first goes on", async () => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-store-"))
  const path = join(directory, "store.db")
  const store = await createSqliteStore({ path })
  await expect(createSqliteStore({ path })).rejects.toMatchObject({ code: "store/locked" })
  expect(await store.read(["user:1"])).toHaveLength(1)
  await store.close?.()
  await rm(directory, { recursive: true })
})

it("a path that cannot hold a store is refused with its reason", async () => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-store-"))
  await expect(createSqliteStore({ path: directory })).rejects.toMatchObject({ code: "store/open" })
  await rm(directory, { recursive: true })
})
