/** P17: readers that do not read cost little, are cut off soon, and slow nobody. */
import { connect, type Socket } from "node:net"
import { toRequest } from "./connection.ts"
import { follow, placeOf } from "./follow.ts"
import type { Figures } from "./limits.ts"
import { postUntilTaken } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { headersOf, signalOf } from "./shop.ts"
import { percentile } from "./spread.ts"
import type { ServiceProcess } from "./start-process.ts"
import { watchMemory } from "./watch-memory.ts"

/**
 * Customers to whom about 6 MB was said before, and as much again while the streams stand still: half of these begin with a snapshot, half
 * replay all that was said. A system takes about 4 MB for a reader that does not read.
 */
const heavy = { customers: 4, letters: 60_000, messages: 14 }

export const measureStalled = (setup: Setup): Promise<Figures> =>
  withService(setup, async (service) => {
    const { stalledStreams, stalledSayings, untilCut } = setup.sizes
    const said = Array.from({ length: heavy.customers }, (_, at) => sayMuch(service.url, at, stalledSayings))
    const places = await Promise.all(said)
    const open = (reads: boolean) => () => openStreams(service, places, { count: stalledStreams, reads })
    const reading = await beside(service, stalledSayings, open(true))
    reading.close()
    await untilFds(service, reading.fdsBefore, 10_000)
    const before = service.memory()
    const stalled = await beside(service, stalledSayings, open(false))
    const cut = untilCut ? await untilFds(service, stalled.fdsBefore, 60_000) : undefined
    const seconds = (performance.now() - stalled.ended) / 1_000
    stalled.close()
    return {
      stalledGrowth: stalled.highest - before,
      stalledOthers: stalled.p95 / reading.p95,
      ...(untilCut && { stalledCut: cut === true ? seconds : Number.NaN }),
    }
  })

const nameOf = (at: number) => `heavy-${at % heavy.customers}`

/** Answers the place of the first of it. */
const sayMuch = async (url: string, at: number, sayings: number): Promise<number> => {
  await postUntilTaken(url, [signalOf(nameOf(at))])
  const place = await placeOf(url, nameOf(at))
  for (let said = 0; said < sayings; said++) await sayHeavy(url, at)
  return place
}

const sayHeavy = (url: string, at: number): Promise<void> => {
  const text = "x".repeat(heavy.letters)
  const one = () => signalOf(nameOf(at), { event: { name: "message", text } })
  return postUntilTaken(url, Array.from({ length: heavy.messages }, one))
}

/** Has somebody listen to another customer while these streams are opened and more is said to them. */
const beside = async (service: ServiceProcess, sayings: number, open: () => Promise<readonly Socket[]>) => {
  const { url } = service
  await postUntilTaken(url, [signalOf("other")])
  const fdsBefore = service.fds()
  const sent = new Map<string, number>()
  const delays: number[] = []
  const memory = watchMemory(service)
  const other = await follow({
    url,
    customer: "other",
    onEvent({ data }) {
      for (const { id } of data.signals ?? []) {
        const said = sent.get(id)
        if (said !== undefined) delays.push(performance.now() - said)
      }
    },
  })
  const sockets = await open()
  for (let turn = 0; turn < sayings * heavy.customers * 2; turn++) {
    if (turn % 2 === 0) await sayHeavy(url, turn / 2)
    for (let each = 0; each < 5; each++) {
      const signal = signalOf("other", { facts: { order: `${turn}` } })
      sent.set(signal.id, performance.now())
      await postUntilTaken(url, [signal])
      await wait(10)
    }
  }
  other.close()
  return {
    ended: performance.now(),
    fdsBefore,
    highest: memory.stop(),
    p95: percentile(delays, 0.95),
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

const openStreams = async (
  { port }: ServiceProcess,
  places: readonly number[],
  { count, reads }: { readonly count: number; readonly reads: boolean },
): Promise<readonly Socket[]> => {
  const sockets: Socket[] = []
  for (let at = 0; at < count; at++) {
    const socket = connect({ port, host: "127.0.0.1" })
    socket.on("error", () => {})
    if (reads) socket.resume()
    else socket.pause()
    const last = at % (2 * heavy.customers) < heavy.customers ? undefined : places[at % heavy.customers]
    const headers = { ...headersOf(), ...(last !== undefined && { "last-event-id": String(last) }) }
    socket.write(toRequest("GET", `/v1/stream?identity=user:${nameOf(at)}`, { headers }))
    sockets.push(socket)
    if (at % 10 === 9) await wait(50)
  }
  return sockets
}

/** A paused socket cannot see that it was cut: what the service has open says it. */
const untilFds = async (service: ServiceProcess, fds: number, within: number): Promise<boolean> => {
  for (let waited = 0; waited < within; waited += 250) {
    // A connection or two of the other sender come and go.
    if (service.fds() <= fds + 3) return true
    await wait(250)
  }
  return false
}
