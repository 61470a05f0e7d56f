import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { bundleService } from "../bundle-service.mjs"

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

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

/** Bundles what runs in processes of its own. */
export const buildPrograms = async (): Promise<Programs> => {
  const outdir = await bundleService({
    // Several runs at once do not take each other's files away.
    name: `promises-${process.pid}`,
    programs: {
      tellonce: pathOf("../../packages/node/bin/tellonce.mjs"),
      config: pathOf("promises-config.ts"),
      tenants: pathOf("tenants-process.ts"),
      load: pathOf("load-process.ts"),
      mail: pathOf("mail-process.ts"),
      "mail-worker": pathOf("../../packages/email/src/worker/mail-worker.mjs"),
    },
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
