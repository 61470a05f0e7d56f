import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

export interface ServerProcess {
  readonly url: string
  /** Microseconds of processor time it has used so far. */
  cpu(): Promise<number>
  stop(): void
}

/** Starts one of the servers of `server.ts` in a process of its own. */
export const startServer = async (kind: "raw" | "merged" | "echo" | "ours"): Promise<ServerProcess> => {
  const child = fork(fileURLToPath(new URL("./server.mjs", import.meta.url)), [kind])
  const { url } = await answerOf<{ url: string }>(child)
  return {
    url,
    async cpu() {
      child.send("cpu")
      const { cpu } = await answerOf<{ cpu: NodeJS.CpuUsage }>(child)
      return cpu.user + cpu.system
    },
    stop: () => child.disconnect(),
  }
}

const answerOf = async <Answer>(child: ChildProcess): Promise<Answer> => (await once(child, "message"))[0] as Answer
