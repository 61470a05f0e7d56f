import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

interface Module {
  /** From the root: `packages/core/src/view.ts`. */
  readonly path: string
  /** What it imports, types included: modules of the house by path, others by name. */
  readonly imports: readonly string[]
  readonly isTest: boolean
}

const modulesOf = (directory: string): readonly Module[] =>
  readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith(".d.ts"))
    .map((file) => {
      const path = join(directory, file)
      const text = readFileSync(join(root, path), "utf8")
      const imports = ts
        .preProcessFile(text, true, true)
        .importedFiles.map(({ fileName }) =>
          fileName.startsWith(".") ? relative(root, resolve(root, dirname(path), fileName)) : fileName,
        )
      return { path, imports, isTest: /\.(test|suite|fixture)\.ts$/.test(path) }
    })

const packages = readdirSync(join(root, "packages"))
const sources = packages.flatMap((name) => modulesOf(`packages/${name}/src`)).filter(({ isTest }) => !isTest)
const manifest = (name: string): { dependencies?: object; peerDependencies?: object } =>
  JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"))

const outside = (specifier: string) => !specifier.startsWith("packages/")
const packageName = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
const offenders = (isOffence: (module: Module, imported: string) => boolean) =>
  sources.flatMap((module) =>
    module.imports.filter((imported) => isOffence(module, imported)).map((imported) => `${module.path} → ${imported}`),
  )

describe("the arrows of the house", () => {
  it("there is a house to look at", () => {
    expect(packages).toEqual(expect.arrayContaining(["core", "client", "chat", "email", "crm", "node", "testing"]))
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(200)
  })

  it("core imports zod alone, and that as zod/mini", () => {
    expect(
      offenders(
        ({ path }, imported) => path.startsWith("packages/core/") && outside(imported) && imported !== "zod/mini",
      ),
    ).toEqual([])
  })

  it("no package imports another but core, and none reaches into another's folder", () => {
    const ownFolder = (path: string) => path.split("/").slice(0, 2).join("/")
    expect(offenders((_, imported) => imported.startsWith("@tellonce/") && imported !== "@tellonce/core")).toEqual([])
    expect(offenders(({ path }, imported) => !outside(imported) && ownFolder(imported) !== ownFolder(path))).toEqual([])
  })

  it("a package imports only what its manifest names", () => {
    expect(
      offenders(({ path }, imported) => {
        const { dependencies = {}, peerDependencies = {} } = manifest(path.split("/")[1] ?? "")
        const named = { ...dependencies, ...peerDependencies }
        return outside(imported) && !imported.startsWith("node:") && !(packageName(imported) in named)
      }),
    ).toEqual([])
  })

  it("code that ships to browsers never imports the whole of zod", () => {
    const browser = /^packages\/(core|client|chat|crm|react)\//
    expect(offenders(({ path }, imported) => browser.test(path) && imported === "zod")).toEqual([])
  })

  it("no file imports its own index", () => {
    expect(offenders((_, imported) => /\/src\/index\.ts$/.test(imported))).toEqual([])
  })

  it("no circles, types included", () => {
    expect(circles(new Map(sources.map(({ path, imports }) => [path, imports])))).toEqual([])
  })

  it("a circle would be found", () => {
    const round = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a", "d"]],
      ["d", []],
    ])
    expect(circles(round)).toEqual(["a → b → c → a"])
  })
})

/** Every circle, each once, from the module where it was first entered. */
const circles = (graph: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path)
    if (start !== -1) found.push([...trail.slice(start), path].join(" → "))
    if (start !== -1 || done.has(path)) return
    for (const imported of graph.get(path) ?? []) visit(imported, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}
