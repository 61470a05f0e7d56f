import { mkdtempSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const packages = new URL("../../packages/", import.meta.url)
const pathOf = (name: string, base: URL | string = import.meta.url) => fileURLToPath(new URL(name, base))

/** Files to run as processes of their own. */
export interface Programs {
  /** The `tellonce` command. */
  readonly tellonce: string
  readonly config: string
  readonly tenants: string
  readonly load: string
  readonly mail: string
  /** Removes them all. */
  remove(): void
}

/** Bundles what runs in processes of its own, as users run it, so that a start is the service's and no compiler's. */
export const buildPrograms = async (): Promise<Programs> => {
  // Beside the database driver, which stays outside the bundle.
  const outdir = mkdtempSync(pathOf("node/node_modules/.promises-", packages))
  await build({
    entryPoints: {
      tellonce: pathOf("node/bin/tellonce.mjs", packages),
      config: pathOf("promises-config.ts"),
      tenants: pathOf("tenants-process.ts"),
      load: pathOf("load-process.ts"),
      mail: pathOf("mail-process.ts"),
      "sqlite-worker": pathOf("node/src/store/sqlite-worker.mjs", packages),
    },
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
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  })
  const program = (name: string) => `${outdir}/${name}.mjs`
  return {
    tellonce: program("tellonce"),
    config: program("config"),
    tenants: program("tenants"),
    load: program("load"),
    mail: program("mail"),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  }
}
