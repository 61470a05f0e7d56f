import { keyList } from "../principal.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { loadConfig } from "./load-config.ts"
import { makeKey } from "./make-key.ts"
import { readPort } from "./read-port.ts"
import { serveUntilStopped } from "./serve-until-stopped.ts"

export const devCommand: Command = {
  name: "dev",
  summary:
    "Serves a configuration to try it out: in memory unless --file names a store, with keys made up where it has none.",
  usage: `${configUsage} [--file data/dev.db] [--port 4400]`,
  options: { ...configOption, file: { type: "string" }, port: { type: "string" } },
  async run(call) {
    const config = await loadConfig(textOption(call, "config"))
    const path = textOption(call, "file")
    const keys = config.keys ?? { publishable: makeKey("pk"), secret: makeKey("sk") }
    const [publishable] = keyList(keys.publishable)
    const [secret] = keyList(keys.secret)
    const greet = (url: string) =>
      [
        `Tellonce serves at ${url}, ${path === undefined ? "in memory: it forgets all at the end" : `from ${path}`}.`,
        `  publishable key  ${publishable}   for pages`,
        `  secret key       ${secret}   for your backend; never in a page`,
        `  what it answers  ${url}/v1/openapi.json`,
      ].join("\n")
    return serveUntilStopped({ ...config, keys, store: path === undefined ? createMemoryStore : { path } }, call, {
      port: readPort(textOption(call, "port")) ?? config.port ?? 4400,
      greet,
    })
  },
}
