import type { Millis } from "@tellonce/core"
import { startPostgres } from "../../src/postgres/start-postgres.ts"
import { endNodes, startNodes } from "../../torture-nodes/start-nodes.ts"
import { createFiller } from "./fill-customers.ts"
import { type FloorRun, findFloor } from "./find-floor.ts"
import { type LoadFigures, measureLoad } from "./measure-load.ts"
import { readCounters } from "./read-counters.ts"

export interface NodesFigures extends LoadFigures {
  readonly nodes: number
  /** How many signals a transaction held, on average. */
  readonly perTransaction: number
  /** Signals a second that the same transaction keeps where no node is, from as many connections. */
  readonly floor: number
  /** Of that. */
  readonly share: number
}

export interface GrowthFigures extends LoadFigures {
  readonly customers: number
  /** Microseconds of the whole system for one signal. */
  readonly perSignal: number
  /** Of what a signal costs at the same time when all are of the first thousand customers: noise is in both. */
  readonly ofFew: number
}

export interface NodesBench {
  /** What ran the bare transaction: `pgbench`, or `pg` where that is not installed. */
  readonly floor: string
  readonly nodes: readonly NodesFigures[]
  /** As far as it came within its time. */
  readonly growth: readonly GrowthFigures[]
}

const seconds = 5
/** Connections that write at a time: as many as a store has lanes. */
const lanes = 4
const customers = 10_000
const mostFilling: Millis = 150_000

export const runNodesBench = async ({
  most,
  say,
}: {
  readonly most: number
  readonly say: (line: string) => void
}): Promise<NodesBench> => {
  const postgres = await startPostgres({ durable: true, settings: { shared_buffers: "1GB", max_wal_size: "8GB" } })
  try {
    const url = postgres.url(await postgres.createDatabase())
    const floor = findFloor(url)
    const nodes: NodesFigures[] = []
    for (const many of [1, 2, 3]) {
      say(`${many} of 3 nodes …`)
      nodes.push(await measureNodes(url, many, floor.run))
    }
    const settle = () => postgres.query("CHECKPOINT")
    return { floor: floor.name, nodes, growth: await measureGrowth({ url, most, say, settle }) }
  } finally {
    await postgres.stop()
  }
}

const measureNodes = async (url: string, many: number, floor: FloorRun): Promise<NodesFigures> => {
  const nodes = await startNodes(url, many)
  const names = (number: number) => `load-${number}`
  try {
    const urls = nodes.map(({ url }) => url)
    await measureLoad({ urls, customers, nameOf: names, seconds: 2 })
    const before = await readCounters(url)
    const figures = await measureLoad({ urls, customers, nameOf: names, seconds })
    const after = await readCounters(url)
    const perTransaction = (after.signals - before.signals) / (after.transactions - before.transactions)
    const document = after.documentLength
    const bare = await floor({
      size: Math.max(1, Math.round(perTransaction)),
      clients: many * lanes,
      seconds,
      document,
    })
    return {
      nodes: many,
      ...figures,
      perTransaction: rounded(perTransaction, 1),
      floor: Math.round(bare),
      share: rounded(figures.signalsPerSecond / bare, 2),
    }
  } finally {
    await endNodes(nodes)
  }
}

interface Growth {
  readonly url: string
  readonly most: number
  readonly say: (line: string) => void
  /** Writes out what filling has left behind. */
  readonly settle: () => Promise<unknown>
}

const few = 1_000

const measureGrowth = async ({ url, most, say, settle }: Growth): Promise<readonly GrowthFigures[]> => {
  const nodes = await startNodes(url, 1)
  const filler = await createFiller(url)
  const figures: GrowthFigures[] = []
  const urls = nodes.map((node) => node.url)
  const measure = (customers: number) => measureLoad({ urls, customers, nameOf: filler.nameOf, seconds })
  try {
    for (let wanted = few; wanted <= most; wanted *= 10) {
      say(`${wanted} customers …`)
      const filled = await filler.fillTo(wanted, mostFilling)
      await settle()
      const [load, ofFirst] = [await measure(filled), await measure(few)]
      figures.push({
        customers: filled,
        ...load,
        perSignal: Math.round(1e6 / load.signalsPerSecond),
        ofFew: rounded(ofFirst.signalsPerSecond / load.signalsPerSecond, 2),
      })
      if (filled < wanted) break
    }
    return figures
  } finally {
    await filler.close()
    await endNodes(nodes)
  }
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
