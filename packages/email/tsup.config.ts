import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig([
  library({ format: ["esm", "cjs"], shims: true }),
  // The thread that reads mails runs the same file in both forms.
  library({ entry: { "mail-worker": "src/worker/mail-worker.mjs" }, format: ["esm"], dts: false, clean: false }),
])
