/** P16: what is said reaches whoever listens soon, and an interruption loses, doubles and disorders nothing. */
import { type Follower, follow, placeOf } from "./follow.ts"
import type { Figures } from "./limits.ts"
import { post, postUntilTaken } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { signalOf } from "./shop.ts"
import { percentile } from "./spread.ts"

const customers = 20
/** Signals a second of each customer; each second customer's reader is interrupted over and over. */
const pace = 10
const interruptions = 500

export const measureLive = (setup: Setup): Promise<Figures> =>
  withService(setup, async ({ url }) => {
    // The first posts are compiled, not measured.
    for (let round = 0; round < 200; round++) await post(url, [signalOf("warm")])
    const lanes = await Promise.all(
      Array.from({ length: customers }, (_, lane) => runLane(url, `lane-${lane}`, setup.sizes.liveSeconds, lane)),
    )
    const seconds = Math.max(...lanes.map((lane) => lane.seconds))
    return {
      liveP95: percentile(
        lanes.flatMap((lane) => lane.delays),
        0.95,
      ),
      liveRate: lanes.reduce((sum, { posted }) => sum + posted, 0) / seconds,
      resumes: lanes.reduce((sum, { resumed }) => sum + resumed, 0),
      resumeFaults: lanes.reduce((sum, { faults }) => sum + faults, 0),
      replayFaults: await replayFaults(url, setup.sizes.window),
      silentGaps: (await isGapTold(url, setup.sizes.window)) ? 0 : 1,
    }
  })

/** One customer, whose backend speaks at its pace while somebody listens. */
const runLane = async (url: string, customer: string, seconds: number, lane: number) => {
  await post(url, [signalOf(customer)])
  const sent = new Map<string, number>()
  const heard: string[] = []
  const delays: number[] = []
  const isInterrupted = lane % 2 === 1
  const reader = await openReader(url, customer, (id) => {
    heard.push(id)
    const began = sent.get(id)
    if (began !== undefined && !isInterrupted) delays.push(performance.now() - began)
  })
  const began = performance.now()
  let nextCut = began + interruptions
  for (let turn = 0; turn < seconds * pace; turn++) {
    const due = began + ((turn + lane / customers) * 1_000) / pace
    await wait(Math.max(0, due - performance.now()))
    const signal = signalOf(customer, { facts: { order: `A-${turn}` } })
    sent.set(signal.id, performance.now())
    await postUntilTaken(url, [signal])
    if (!isInterrupted || performance.now() < nextCut) continue
    nextCut = performance.now() + interruptions
    reader.interrupt()
  }
  const lasted = (performance.now() - began) / 1_000
  const resumed = await reader.settle(() => heard.length >= sent.size)
  return { delays, posted: sent.size, seconds: lasted, resumed, faults: faultsIn([...sent.keys()], heard) }
}

/** Places at which what was heard is not what was said. */
const faultsIn = (said: readonly string[], heard: readonly string[]): number =>
  Array.from({ length: Math.max(said.length, heard.length) }, (_, at) => said[at] === heard[at]).filter((same) => !same)
    .length

/** A reader that, as a browser does, comes back after an interruption with the last id it has seen. */
const openReader = async (url: string, customer: string, hear: (id: string) => void) => {
  let last: number | undefined
  let resumed = 0
  let coming: Promise<void> = Promise.resolve()
  let follower: Follower | undefined
  const open = async () => {
    // What still arrives after it was cut off was not read by this reader.
    const isCurrent = { yes: true }
    const opened = await follow({
      url,
      customer,
      lastEventId: last,
      onEvent({ id, data }) {
        if (!isCurrent.yes) return
        last = id ?? last
        for (const signal of data.signals ?? []) hear(signal.id)
      },
    })
    follower = {
      ended: opened.ended,
      close() {
        isCurrent.yes = false
        opened.close()
      },
    }
  }
  await open()
  return {
    interrupt() {
      coming = coming.then(async () => {
        follower?.close()
        await wait(20)
        resumed++
        await open()
      })
    },
    async settle(isDone: () => boolean) {
      await coming
      for (let waited = 0; waited < 5_000 && !isDone(); waited += 20) await wait(20)
      // Whatever comes twice comes now.
      await wait(200)
      follower?.close()
      return resumed
    },
  }
}

/** Changes that a reader misses, as a backend would post them. */
const say = async (url: string, customer: string, count: number): Promise<readonly string[]> => {
  const signals = Array.from({ length: count }, (_, at) => signalOf(customer, { facts: { order: `${at}` } }))
  for (let from = 0; from < count; from += 500) await postUntilTaken(url, signals.slice(from, from + 500))
  return signals.map(({ id }) => id)
}

const replayFaults = async (url: string, count: number): Promise<number> => {
  await say(url, "missed", 1)
  const lastEventId = await placeOf(url, "missed")
  const said = await say(url, "missed", count)
  const heard: string[] = []
  const follower = await follow({
    url,
    customer: "missed",
    lastEventId,
    onEvent: ({ data }) => void heard.push(...(data.signals ?? []).map(({ id }) => id)),
  })
  for (let waited = 0; waited < 20_000 && heard.length < count; waited += 50) await wait(50)
  follower.close()
  return faultsIn(said, heard)
}

/** One change too many. */
const isGapTold = async (url: string, window: number): Promise<boolean> => {
  await say(url, "gap", 1)
  const lastEventId = await placeOf(url, "gap")
  // The service's window is its own, whatever the size of this run.
  await say(url, "gap", Math.max(window, 10_000) + 1)
  const events: string[] = []
  const follower = await follow({
    url,
    customer: "gap",
    lastEventId,
    onEvent: ({ event }) => void events.push(event),
  })
  for (let waited = 0; waited < 20_000 && events.length < 2; waited += 50) await wait(50)
  follower.close()
  return events[0] === "reset" && events[1] === "snapshot"
}
