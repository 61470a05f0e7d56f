import { readdirSync } from "node:fs"
import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

/** One entry per host, so that a page loads only the one it uses. */
const hosts = readdirSync(new URL("./src/hosts", import.meta.url)).filter((file) => /^[a-z-]+\.ts$/.test(file))

export default defineConfig(
  library({
    format: ["esm", "cjs"],
    entry: {
      index: "src/index.ts",
      form: "src/form/index.ts",
      ...Object.fromEntries(hosts.map((file) => [file.slice(0, -".ts".length), `src/hosts/${file}`])),
    },
  }),
)
