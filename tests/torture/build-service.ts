import { fileURLToPath } from "node:url"
import { bundleService } from "../bundle-service.mjs"

/** Bundles the service's process once, so that each of its many starts is short. Resolves with the file to run. */
export const buildService = async (): Promise<string> => {
  const program = fileURLToPath(new URL("service-process.ts", import.meta.url))
  return `${await bundleService({ name: "torture", programs: { "service-process": program } })}/service-process.mjs`
}
