import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const node = new URL("../packages/node/", import.meta.url)

/**
 * Bundles programs that hold the service, as users run it: a start is then the service's and no compiler's. Answers of the folder they are
 * in, one `<name>.mjs` each; it lies beside the service's own libraries, so that those which stay outside are found.
 * @param {{ name: string, programs: Readonly<Record<string, string>> }} options
 */
export const bundleService = async ({ name, programs }) => {
  const outdir = fileURLToPath(new URL(`node_modules/.${name}`, node))
  await build({
    entryPoints: { ...programs, "sqlite-worker": fileURLToPath(new URL("src/store/sqlite-worker.mjs", node)) },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A class or a symbol is one, whichever of the files it came by.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@tellonce/source"],
    external: ["libsql"],
    // What was written for require finds it. Its name is nobody else's.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    logLevel: "error",
  })
  return outdir
}
