import { connect } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import type { Millis } from "@tellonce/core"
import type { Server } from "../src/postgres/start-server.ts"
import type { Cluster } from "./on-cluster.ts"
import type { Load } from "./start-load.ts"

export interface FailOver {
  /** Was the standby stalled before the primary was killed? */
  readonly stalled: boolean
  /** From the kill to the first acknowledged write after it. */
  readonly recovery: Millis
  /** Batches acknowledged while the standby was stalled and could keep nothing: 0, or the standby was not waited for. */
  readonly ackedWhileStalled: number
}

const settled: Millis = 500
const stall: Millis = 2_500

/** Kills the primary under this load and has the standby take over, as soon as it is seen to be gone. */
export const failOver = async (
  { primary, standby, promote }: Pick<Cluster, "primary" | "standby" | "promote">,
  load: Load,
  { stalled }: Pick<FailOver, "stalled">,
): Promise<FailOver> => {
  const watching = promoteWhenGone(primary, promote)
  const ackedWhileStalled = stalled ? await stallStandby(standby, load) : 0
  const killed = Date.now()
  await primary.kill()
  if (stalled) standby.resume()
  const promoted = await watching
  await untilAcked(load, promoted)
  const first = load.acks.find((at) => at >= promoted) ?? Number.NaN
  return { stalled, recovery: first - killed, ackedWhileStalled }
}

/** What was under way to the standby may still be acknowledged; after that nothing is. */
const stallStandby = async (standby: Server, { acks }: Load): Promise<number> => {
  standby.stall()
  await pause(settled)
  const before = acks.length
  await pause(stall)
  return acks.length - before
}

const everyLook: Millis = 200
const looks = 3

/** The part that Patroni and its like play: looks at the primary, and promotes the standby when it is not there three times. Resolves with the time of it. */
const promoteWhenGone = async (primary: Server, promote: () => Promise<void>): Promise<number> => {
  for (let missed = 0; missed < looks; ) {
    await pause(everyLook)
    missed = (await isListening(primary.port)) ? 0 : missed + 1
  }
  await promote()
  return Date.now()
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false))
    socket.once("connect", () => socket.destroy())
  })

const patience: Millis = 60_000

const untilAcked = async ({ acks }: Load, after: number) => {
  for (let waited = 0; waited < patience; waited += 20) {
    if ((acks.at(-1) ?? 0) >= after) return
    await pause(20)
  }
  throw new Error("No write was acknowledged after the standby had taken over.")
}
