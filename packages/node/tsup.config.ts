import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig([
  library({ entry: { index: "src/index.ts", cli: "src/cli/run.ts" }, format: ["esm", "cjs"], shims: true }),
  // The database thread runs the same file in both forms.
  library({ entry: { "sqlite-worker": "src/store/sqlite-worker.mjs" }, format: ["esm"], dts: false, clean: false }),
])
