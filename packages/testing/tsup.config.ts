import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig(library({ format: ["esm"], entry: ["src/index.ts", "src/fake-service.ts"] }))
