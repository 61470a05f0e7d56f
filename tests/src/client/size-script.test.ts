import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, it } from "vitest"

const script = fileURLToPath(new URL("../../../scripts/size.mjs", import.meta.url))

it("the client is at most 15 kB and lighter than each of its peers, built in the same run; core is at most 4 kB", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--json"])
  const { client, clientLazy, core, panel, peers } = JSON.parse(stdout) as {
    readonly [entry: string]: number
  } & { readonly peers: Readonly<Record<string, number>> }
  expect(client).toBeGreaterThan(5_000)
  expect(client).toBeLessThanOrEqual(15_000)
  expect(clientLazy).toBeGreaterThan(5_000)
  expect(core).toBeLessThanOrEqual(4_000)
  expect(panel).toBeGreaterThan(0)
  expect(Object.keys(peers)).toHaveLength(6)
  expect(Math.min(...Object.values(peers))).toBeGreaterThan(client ?? 0)
}, 120_000)
