import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig([
  library({
    format: ["esm", "cjs"],
    shims: true,
    dts: { entry: { index: "src/index.ts", "mail-worker": "src/worker/mail-worker-types.ts" } },
  }),
  // The thread that reads mails.
  library({ entry: { "mail-worker": "src/worker/mail-worker.mjs" }, format: ["esm", "cjs"], dts: false, clean: false }),
])
