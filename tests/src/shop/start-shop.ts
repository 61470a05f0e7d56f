import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../..", import.meta.url))

export interface ShopProcess {
  readonly url: string
  readonly smtpPort: number
  /** kill -9: no handler runs, nothing is flushed on the way out. */
  kill(): Promise<void>
}

/** The demo as `npm start` runs it, in a process of its own. Port 0 takes a free one. */
export const startShop = async (data: string, port = 0): Promise<ShopProcess> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--conditions=@tellonce/source", "--import", "tsx", "examples/shop/src/main.ts"],
    { cwd: root, env: { ...process.env, PORT: String(port), DATA: data }, stdio: ["ignore", "pipe", "inherit"] },
  )
  const said = await untilReady(child)
  return {
    url: /^ready (http:\S+)$/m.exec(said)?.[1] ?? "",
    smtpPort: Number(/smtp:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]),
    async kill() {
      const exit = once(child, "exit")
      child.kill("SIGKILL")
      await exit
    },
  }
}

const untilReady = async (child: ChildProcess): Promise<string> => {
  let said = ""
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    if (/^ready http/m.test(said)) return said
  }
  throw new Error(`The shop ended before it was ready: ${said}`)
}
