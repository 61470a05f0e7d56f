import type { Options } from "tsup"

/** The one build of every package: `.mjs` (and `.cjs` where Node users need it) with types for each. */
export const library = (options: Options): Options => ({
  entry: ["src/index.ts"],
  dts: true,
  clean: true,
  target: "es2022",
  outExtension: ({ format }) => ({ js: format === "cjs" ? ".cjs" : ".mjs" }),
  ...options,
})
