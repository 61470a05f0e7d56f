import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createBatch, readHits, sendBatch } from "./create-client.ts"
import type { Ledger } from "./ledger.ts"
import { type ServiceProcess, startService } from "./start-service.ts"
import { customerOf, secret } from "./torture-context.ts"

interface FullDisk {
  readonly program: string
  /** An empty directory to mount a small disk on. */
  readonly directory: string
  readonly ledger: Ledger
  readonly random: () => number
}

const canary = createHash("sha256").update("a canary").digest("hex")
const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" }

/** "ok", what went wrong, or "not run" where no disk can be mounted. */
export const fullDisk = async ({ program, directory, ledger, random }: FullDisk): Promise<string> => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", directory], { stdio: "ignore" })
  } catch {
    return "not run (mounting a disk needs root)"
  }
  const data = join(directory, "store.db")
  const service = await startService({ program, data, env: { RESERVE: String(2 * 1024 * 1024) } })
  try {
    return (await passes(service, { directory, ledger, random })) ?? "ok"
  } finally {
    await service.kill()
    execFileSync("umount", [directory])
  }
}

/** The first promise that was broken; undefined when all were kept. */
const passes = async (
  service: ServiceProcess,
  { directory, ledger, random }: Omit<FullDisk, "program">,
): Promise<string | undefined> => {
  const { url } = service
  const write = (id: string) => sendBatch(url, createBatch(ledger, [id], ["disk"], random), ledger)
  await plantCanary(url)
  if (!(await write("d-before"))) return "a write was refused before the disk was full"
  // The reserve is made a moment after the start.
  await until(() => readdirSync(directory).includes("store.db-reserve"), 10_000)
  fill(join(directory, "filler"))
  const refusal = await untilRefused(url, ledger, random)
  if (refusal === undefined) return "no write was refused on a full disk"
  if (refusal.status !== 503 && refusal.status !== 507) return `a write on a full disk got ${refusal.status}`
  if (!refusal.headers.has("retry-after")) return "a refusal on a full disk did not say when to come again"
  if ((await readHits(url, ["disk"])).get("user:disk") === 0) return "nothing could be read on a full disk"
  const swept = await service.sweep("user:canary")
  if (!swept.swept) return `nothing could be removed on a full disk: ${swept.reason}`
  if (holds(directory, canary)) return "what was removed is still in a file"
  rmSync(join(directory, "filler"))
  let tries = 0
  const resumed = await until(() => write(`d-after-${tries++}`).catch(() => false), 5_000)
  return resumed ? undefined : "writing did not go on within 5 s of the disk having room"
}

const plantCanary = (url: string) => {
  const identity = customerOf("canary")
  const event = { name: "message", text: canary }
  const signal = {
    id: "canary",
    at: Date.now(),
    identity,
    authority: "customer",
    channel: "torture",
    source: "torture",
    event,
  }
  return fetch(`${url}/v1/signals`, { method: "POST", headers, body: JSON.stringify({ signals: [signal] }) })
}

const fill = (path: string) => {
  for (const bytes of [64 * 1024, 4 * 1024, 512]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(bytes, 1), { flag: "a" })
    } catch {
      // Full, to this size.
    }
  }
}

/** The first answer that is no 200. A little room may be left inside the files. */
const untilRefused = async (url: string, ledger: Ledger, random: () => number): Promise<Response | undefined> => {
  for (let number = 0; number < 2_000; number++) {
    const ids = Array.from({ length: 20 }, (_, index) => `d${number}-${index}`)
    const { body } = createBatch(ledger, ids, [`disk-${number % 50}`], random)
    const response = await fetch(`${url}/v1/signals`, { method: "POST", headers, body })
    if (response.status !== 200) return response
    for (const id of ids) ledger.acked.add(id)
    await response.text()
  }
  return undefined
}

const holds = (directory: string, text: string): boolean =>
  readdirSync(directory).some((name) => readFileSync(join(directory, name)).includes(text))

const until = async (isSo: () => boolean | Promise<boolean>, within: number): Promise<boolean> => {
  for (let waited = 0; waited < within; waited += 100) {
    if (await isSo()) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
