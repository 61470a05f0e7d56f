import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("../../..", import.meta.url))
interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}
const read = (directory: string): Manifest => JSON.parse(readFileSync(join(directory, "package.json"), "utf8"))
const packages = readdirSync(`${root}packages`)
const ofOthers = ([name]: readonly [string, string]) => !name.startsWith("@tellonce/")
const threatModel = readFileSync(`${root}docs/threat-model.md`, "utf8")

describe("what a user installs with us", () => {
  it("is named in the threat model, package by package, and nothing else is", () => {
    const rows = [...threatModel.matchAll(/^\| `@tellonce\/(\w+)` +\| (.*?) +\|$/gm)]
    const named = Object.fromEntries(
      rows.map(([, name, list = ""]) => [name, [...list.matchAll(/`([^`]+)`/g)].map(([, dependency]) => dependency)]),
    )
    const found = packages.map((name) => [
      name,
      Object.entries(read(`${root}packages/${name}`).dependencies ?? {})
        .filter(ofOthers)
        .map(([dependency]) => dependency)
        .sort(),
    ])
    expect(named).toEqual(Object.fromEntries(found))
  })

  it.each(packages)("@tellonce/%s has each in one exact version", (name) => {
    const { dependencies = {} } = read(`${root}packages/${name}`)
    for (const [dependency, version] of Object.entries(dependencies).filter(ofOthers)) {
      expect(`${dependency} ${version}`).toMatch(/ \d+\.\d+\.\d+$/)
    }
  })

  it("runs nothing while it is installed, in all that the service brings with it", () => {
    const tree = treeOf(`${root}packages/node`)
    const running = tree.filter(({ scripts = {} }) =>
      ["preinstall", "install", "postinstall"].some((hook) => hook in scripts),
    )
    expect(tree.length).toBeGreaterThan(10)
    expect(running.map(({ name }) => name)).toEqual([])
    expect(treeHasNativeBuild(tree)).toEqual([])
  })
})

/** All that is installed with a package, itself left out. */
const treeOf = (directory: string, seen = new Map<string, Manifest>()): readonly Manifest[] => {
  const { dependencies = {}, optionalDependencies = {} } = read(directory)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = locate(directory, name)
    if (found === undefined || seen.has(found)) continue
    seen.set(found, read(found))
    treeOf(found, seen)
  }
  return [...seen.values()]
}

/** As Node finds it: in the nearest node_modules upwards of where the package truly lies. An optional one may be absent. */
const locate = (from: string, name: string): string | undefined => {
  for (let at = realpathSync(from); at !== dirname(at); at = dirname(at)) {
    const place = join(at, "node_modules", name)
    if (existsSync(join(place, "package.json"))) return realpathSync(place)
  }
  return undefined
}

/** A binding.gyp makes the installer compile, without any script being named. */
const treeHasNativeBuild = (tree: readonly Manifest[]): readonly string[] =>
  tree
    .filter(({ scripts = {} }) => Object.values(scripts).some((script) => /node-gyp rebuild/.test(script)))
    .map(({ name }) => name)
