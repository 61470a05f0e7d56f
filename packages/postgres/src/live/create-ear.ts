import type { Millis } from "@tellonce/core"
import type { Client } from "pg"
import { findPrimary, soon } from "../connection/find-primary.ts"
import type { Target } from "../connection/to-target.ts"
import { liveStatements as sql } from "../sql/live-statements.ts"

/** A session of its own that hears what other nodes say, and comes back by itself. */
export interface Ear {
  isListening(): boolean
  close(): Promise<void>
}

export interface EarOptions {
  readonly target: Target
  readonly channel: string
  readonly onWord: (text: string) => void
  /** It hears again, or for the first time: what was said before it did not hear. */
  readonly onOpen: () => void
}

const rest: Millis = 500

export const createEar = ({ target, channel, onWord, onOpen }: EarOptions): Ear => {
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let opening: Promise<void> = Promise.resolve()

  const again = () => {
    client = undefined
    if (isClosed) return
    timer = setTimeout(start, rest)
    timer.unref()
  }
  const open = async () => {
    const { client: found, config } = await findPrimary(target)
    try {
      found.once("end", again)
      found.on("notification", ({ payload = "" }) => onWord(payload))
      await found.query(soon(sql.listen(found.escapeIdentifier(channel)), config))
    } catch {
      // Its end is heard above.
      return void found.end().catch(() => {})
    }
    if (isClosed) return found.end()
    client = found
    held(found).unref()
    onOpen()
  }
  const start = () => {
    opening = open().catch(again)
  }
  start()
  return {
    isListening: () => client !== undefined,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await opening
      if (client === undefined) return
      held(client).ref()
      await client.end()
    },
  }
}

/** It waits for ever: that must not keep a process alive which has nothing else to do, but its end is waited for. */
const held = (client: Client) => client as Client & { ref(): void; unref(): void }
