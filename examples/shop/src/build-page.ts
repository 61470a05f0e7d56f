import { copyFile, mkdir, rm } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const folder = (name: string) => fileURLToPath(new URL(`./${name}/`, import.meta.url))

/** Bundles the shop's page and, below `desk/`, the frame for the CRMs, with the packages they use, from their sources. */
export const buildPage = async (directory: string): Promise<void> => {
  await rm(directory, { recursive: true, force: true })
  await Promise.all([
    bundle(folder("page"), "main.ts", directory, ["index.html", "style.css"]),
    bundle(folder("desk/frame"), "frame.ts", `${directory}/desk`, ["frame.css"]),
  ])
}

const bundle = async (source: string, entry: string, directory: string, files: readonly string[]): Promise<void> => {
  await mkdir(directory, { recursive: true })
  await build({
    entryPoints: [`${source}${entry}`],
    outdir: directory,
    bundle: true,
    // A chat that nobody opens is not loaded.
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    conditions: ["@tellonce/source"],
    logLevel: "warning",
  })
  for (const file of files) await copyFile(`${source}${file}`, `${directory}/${file}`)
}
