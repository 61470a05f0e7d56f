import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

// Hooks belong to the client's half of an app; the directive says so to frameworks that render on a server.
export default defineConfig(library({ format: ["esm", "cjs"], banner: { js: '"use client"' } }))
