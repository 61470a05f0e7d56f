import { type ChildProcess, spawn } from "node:child_process"

/** Next's own command in the folder of an app; Next stands in `node_modules` one folder up. */
export const runNext = (folder: string, ...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, ["../node_modules/next/dist/bin/next", ...words], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  })

/** All it has said so far. */
export const hear = (child: ChildProcess) => {
  const heard: unknown[] = []
  child.stdout?.on("data", (said) => heard.push(said))
  child.stderr?.on("data", (said) => heard.push(said))
  return () => heard.join("")
}

/** Where it serves, once it says so. */
export const addressOf = (server: ChildProcess): Promise<string> => {
  const said = hear(server)
  return new Promise((resolve, reject) => {
    server.stdout?.on("data", () => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said())
      if (address) resolve(address[0])
    })
    server.once("exit", () => reject(new Error(said())))
  })
}
