import { copyFile, mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const source = fileURLToPath(new URL("./page/", import.meta.url))

/** Bundles the page with the packages it uses, from their sources, and lays it into `directory`. */
export const buildPage = async (directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true })
  await build({
    entryPoints: [`${source}main.ts`],
    outdir: directory,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["@tellonce/source"],
    logLevel: "warning",
  })
  for (const file of ["index.html", "style.css"]) await copyFile(`${source}${file}`, `${directory}/${file}`)
}
