import { type Command, textOption } from "./command.ts"
import { configOption, configUsage } from "./config-option.ts"
import { loadConfig } from "./load-config.ts"
import { readPort } from "./read-port.ts"
import { serveUntilStopped } from "./serve-until-stopped.ts"

export const serveCommand: Command = {
  name: "serve",
  summary: "Serves a configuration until SIGTERM or SIGINT, then finishes what it has begun.",
  usage: `${configUsage} [--port 4400] [--host 127.0.0.1]`,
  options: { ...configOption, port: { type: "string" }, host: { type: "string" } },
  async run(call) {
    const config = await loadConfig(textOption(call, "config"))
    const port = readPort(textOption(call, "port")) ?? config.port ?? 4400
    const host = textOption(call, "host") ?? config.host ?? "127.0.0.1"
    return serveUntilStopped(config, call, { port, host, greet: (url) => `Tellonce serves at ${url}` })
  },
}
