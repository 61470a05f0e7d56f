/** P24: tenants learn nothing of each other by time, and one that asks too much does not slow the other. */
import { type Connection, openConnection, toRequest } from "./connection.ts"
import type { Figures } from "./limits.ts"
import { type Setup, wait } from "./setup.ts"
import { headersOf, signalOf } from "./shop.ts"
import { percentile } from "./spread.ts"
import { startLoad } from "./start-load.ts"
import { type ServiceProcess, startProcess } from "./start-process.ts"
import { quota, tenantKeys } from "./tenant-keys.ts"

const canary = "canary-of-tenant-a"

export const measureNeighbours = async (setup: Setup): Promise<Figures> => {
  const { programs, sizes } = setup
  const service = await startProcess([programs.tenants], { DATA: setup.newFile() })
  try {
    return {
      ...(await compareAbsent(service, sizes.comparedReads)),
      ...(await compareCrowded(service, setup)),
    }
  } finally {
    await service.end("SIGKILL")
  }
}

const read = (tenant: string, customer: string) =>
  toRequest("GET", `/v1/context?identity=user:${customer}`, { headers: headersOf(tenantKeys(tenant).secret) })
const write = (tenant: string, customer: string, facts: object) =>
  toRequest("POST", "/v1/signals", {
    headers: headersOf(tenantKeys(tenant).secret),
    body: JSON.stringify({ signals: [signalOf(customer, { facts })] }),
  })

/** B asks for customers of A's and for such as are nowhere, one after the other in turn, no faster than its quota. */
const compareAbsent = async ({ port }: ServiceProcess, count: number): Promise<Figures> => {
  const connection = openConnection(port)
  for (let at = 0; at < 20; at++) await inQuota(connection, write("a", `of-a-${at}`, { order: canary }))
  const times = { foreign: [] as number[], absent: [] as number[] }
  let foreignBytes = 0
  for (let at = 0; at < count; at++) {
    for (const kind of ["foreign", "absent"] as const) {
      const { ms, text } = await inQuota(
        connection,
        read("b", kind === "foreign" ? `of-a-${at % 20}` : `not-${at % 20}`),
      )
      times[kind].push(ms)
      if (text.includes(canary)) foreignBytes++
    }
  }
  connection.close()
  return {
    foreignGap: Math.abs(percentile(times.foreign, 0.5) - percentile(times.absent, 0.5)),
    foreignBytes,
  }
}

const inQuota = async (connection: Connection, request: Buffer) => {
  for (;;) {
    const answer = await connection.send(request)
    if (answer.status === 200) return answer
    if (answer.status !== 429) throw new Error(`refused: ${answer.status} ${answer.text.slice(0, 200)}`)
    await wait((answer.retryAfter ?? 1) * 1_000)
  }
}

/** Alone and crowded are measured in turn, so that what else the machine does falls on both. */
const rounds = 3
/** Until the process that crowds has started, and is sending. */
const start = 1

/** B at half its quota, alone and then beside A at ten times its own; A sends from another process, or B would wait for A's sender. */
const compareCrowded = async ({ port }: ServiceProcess, { programs, sizes }: Setup): Promise<Figures> => {
  const seconds = sizes.neighbourSeconds / rounds
  const calm = () => timesAtRate(port, () => write("b", "busy", { order: "A-1" }), { rate: quota / 2, seconds })
  await calm()
  const alone: number[] = []
  const crowded: number[] = []
  let [sent, refused] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    alone.push(...(await calm()))
    const many = startLoad(programs.load, {
      port,
      signals: 1,
      connections: 50,
      rate: quota * 10,
      seconds: seconds + 2 * start,
      credential: tenantKeys("a").secret,
      run: `crowd-${round}`,
    })
    await wait(start * 1_000)
    crowded.push(...(await calm()))
    const a = await many
    sent += a.sent
    refused += a.refused
  }
  return {
    neighbourRatio: percentile(crowded, 0.95) / percentile(alone, 0.95),
    neighbourRefused: refused / sent,
  }
}

/** How long each answer took, at a rate and whatever becomes of those before. */
const timesAtRate = async (
  port: number,
  request: () => Buffer,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<readonly number[]> => {
  const free: Connection[] = []
  const one = async () => {
    const connection = free.pop() ?? openConnection(port)
    const { status, ms } = await connection.send(request())
    free.push(connection)
    return status === 200 ? ms : Number.POSITIVE_INFINITY
  }
  const underWay: Promise<number>[] = []
  const began = performance.now()
  for (let sent = 0; sent < rate * seconds; sent++) {
    await wait(Math.max(0, (sent / rate) * 1_000 - (performance.now() - began)))
    underWay.push(one())
  }
  const times = await Promise.all(underWay)
  for (const connection of free) connection.close()
  return times
}
