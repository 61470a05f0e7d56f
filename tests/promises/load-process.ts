// Sends batches over loopback from a process of its own, and says what became of them. It is to cost little: see `connection.ts`.
import { type Connection, openConnection } from "./connection.ts"
import { createBatch } from "./load-batch.ts"
import { percentile } from "./spread.ts"
import type { LoadOrder, LoadReport } from "./start-load.ts"

const order = JSON.parse(process.argv[2] ?? "{}") as LoadOrder
const { port, seconds, signals } = order
const batch = createBatch(signals, `${order.run}`, order.credential)
const free: Connection[] = []
let connections = 0

const accepted: number[] = []
const refused: number[] = []
const lags: number[] = []
const odd: Record<string, number> = {}
let broken = 0
let unsent = 0

const take = (): Connection | undefined => {
  for (let one = free.pop(); one !== undefined; one = free.pop()) {
    if (one.isOpen()) return one
    connections--
  }
  if (connections >= order.connections) return undefined
  connections++
  return openConnection(port)
}

const sendOne = async (connection: Connection): Promise<void> => {
  try {
    const { status, ms, retryAfter } = await connection.send(batch())
    const isShed = (status === 503 || status === 429) && retryAfter !== undefined && retryAfter >= 1
    if (status === 200) accepted.push(ms)
    else if (isShed) refused.push(ms)
    else odd[status] = (odd[status] ?? 0) + 1
    free.push(connection)
  } catch {
    broken++
    connections--
  }
}

// As a proxy keeps them. A service accepts about one connection in each turn of its event loop, which is another matter.
for (let at = 0; at < order.connections; at += 50) {
  const some = Array.from({ length: Math.min(50, order.connections - at) }, () => openConnection(port))
  await Promise.all(some.map(({ connected }) => connected))
  free.push(...some)
  connections += some.length
}

const began = performance.now()
const isOver = () => performance.now() - began >= seconds * 1_000

/** As many at once as told, each as soon as the last is answered: finds the rate that saturates. */
const sendClosed = (lanes: number) =>
  Promise.all(
    Array.from({ length: lanes }, async () => {
      while (!isOver()) {
        const connection = take()
        if (connection) await sendOne(connection)
      }
    }),
  )

/** At a rate, whatever becomes of them: those who send do not wait for each other. */
const sendOpen = (rate: number) =>
  new Promise<void>((resolve) => {
    let sent = 0
    const underWay = new Set<Promise<void>>()
    const timer = setInterval(() => {
      const passed = performance.now() - began
      for (const due = (passed / 1_000) * rate; sent < due; sent++) {
        lags.push(passed - (sent / rate) * 1_000)
        const connection = take()
        if (connection === undefined) {
          unsent++
          continue
        }
        const one = sendOne(connection).finally(() => underWay.delete(one))
        underWay.add(one)
      }
      if (!isOver()) return
      clearInterval(timer)
      void Promise.all(underWay).then(() => resolve())
    }, 1)
  })

/** A sender that sleeps has to be woken by the service's answers, which over a network costs the service nothing. */
const stayAwake = () => {
  if (!isOver()) setImmediate(stayAwake)
}
if (order.cores !== undefined) stayAwake()

await (order.rate === undefined ? sendClosed(order.connections) : sendOpen(order.rate))
const report: LoadReport = {
  seconds,
  sent: accepted.length + refused.length + broken + Object.values(odd).reduce((sum, count) => sum + count, 0),
  accepted: accepted.length,
  acceptedP50: percentile(accepted, 0.5),
  acceptedP99: percentile(accepted, 0.99),
  refused: refused.length,
  refusedP99: percentile(refused, 0.99),
  odd: broken === 0 ? odd : { ...odd, broken },
  unsent,
  lagP99: percentile(lags, 0.99),
}
console.log(JSON.stringify(report))
process.exit(0)
