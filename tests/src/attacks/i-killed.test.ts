import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createSqliteStore } from "@tellonce/node"
import { expect, it } from "vitest"

it("what was answered is there after the process was killed, and nothing that was not is half there", async () => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-killed-"))
  const path = join(directory, "shop.db")
  const root = fileURLToPath(new URL("../../..", import.meta.url))
  const child = spawn(
    process.execPath,
    ["--conditions=@tellonce/source", "--import", "tsx", "tests/src/attacks/killed-service.ts", path],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  )
  const acknowledged: string[] = []
  let said = ""
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if ((said.match(/\n/g)?.length ?? 0) >= 200) break
  }
  const exit = once(child, "exit")
  child.kill("SIGKILL")
  await exit
  acknowledged.push(...said.split("\n").slice(0, -1))
  const store = await createSqliteStore({ path })
  const log = await store.log({ keys: ["user:1"], limit: 100_000 })
  const kept = new Set(log.map(({ signal }) => signal.id))
  expect(acknowledged.length).toBeGreaterThanOrEqual(200)
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  const [context] = await store.read(["user:1"])
  expect(context?.seq).toBe(log.at(-1)?.seq)
  await store.close?.()
  await rm(directory, { recursive: true })
}, 30_000)
