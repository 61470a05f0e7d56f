import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig([
  // The transport stays a file of its own, in both forms.
  library({ format: ["esm", "cjs"], splitting: true }),
  {
    // For a script tag: all of it in one file.
    entry: { tellonce: "src/script-tag.ts" },
    format: ["iife"],
    target: "es2022",
    platform: "browser",
    minify: true,
    noExternal: [/.*/],
    esbuildOptions(options) {
      options.conditions = ["@tellonce/source"]
    },
    outExtension: () => ({ js: ".iife.js" }),
  },
])
