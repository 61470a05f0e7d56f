import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const packages = new URL("../../packages/node/", import.meta.url)

/** Bundles the service's process once, so that each of its many starts is short. Resolves with the file to run. */
export const buildService = async (): Promise<string> => {
  // Beside the database driver, which stays outside the bundle.
  const outdir = fileURLToPath(new URL("node_modules/.torture", packages))
  await build({
    entryPoints: {
      "service-process": fileURLToPath(new URL("service-process.ts", import.meta.url)),
      "sqlite-worker": fileURLToPath(new URL("src/store/sqlite-worker.mjs", packages)),
    },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@tellonce/source"],
    external: ["libsql"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  })
  return `${outdir}/service-process.mjs`
}
