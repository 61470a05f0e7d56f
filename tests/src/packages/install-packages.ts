import { execFile } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const run = promisify(execFile)
const root = fileURLToPath(new URL("../../..", import.meta.url))

export const packageNames = readdirSync(`${root}packages`)

export interface Manifest {
  readonly version: string
  readonly exports: Readonly<Record<string, { readonly require?: unknown }>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A project of somebody else, outside of this repository, that has all packages as they are published. */
export interface Project {
  readonly folder: string
  /** As it was packed. */
  manifest(name: string): Manifest
  tarball(name: string): Uint8Array
  write(file: string, text: string): void
  /** What Node prints when it runs a file of the project. */
  node(file: string, ...words: readonly string[]): Promise<string>
  remove(): void
}

/** Builds and packs every package, and unpacks them into a new project, beside what they depend on and what the apps need. */
export const installPackages = async (appNeeds: readonly string[]): Promise<Project> => {
  await buildAll()
  const folder = mkdtempSync(join(tmpdir(), "tellonce-project-"))
  await packAll(folder)
  const project: Project = {
    folder,
    manifest: (name) => JSON.parse(readFileSync(`${folder}/node_modules/@tellonce/${name}/package.json`, "utf8")),
    tarball: (name) => readFileSync(`${folder}/tarballs/tellonce-${name}-${versionOf(name)}.tgz`),
    write(file, text) {
      mkdirSync(dirname(`${folder}/${file}`), { recursive: true })
      writeFileSync(`${folder}/${file}`, text)
    },
    node: async (file, ...words) => (await run(process.execPath, [file, ...words], { cwd: folder })).stdout.trim(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  await Promise.all(packageNames.map((name) => unpack(folder, name)))
  for (const name of packageNames) linkNeeds(folder, name, project.manifest(name))
  for (const needed of appNeeds) link(`${root}tests/node_modules/${needed}`, `${folder}/node_modules/${needed}`)
  return project
}

const buildAll = async () => {
  const queue = [...packageNames]
  const lane = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      await run(process.execPath, [`${root}node_modules/tsup/dist/cli-default.js`], { cwd: `${root}packages/${name}` })
    }
  }
  await Promise.all([lane(), lane()])
}

/** By pnpm, which writes the versions of the house into the manifests. */
const packAll = async (folder: string) => {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
  const pack = ["-r", "--filter", "./packages/*", "pack", "--pack-destination", `${folder}/tarballs`]
  await run("npx", ["-y", packageManager, ...pack], { cwd: root })
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")).version

const unpack = async (folder: string, name: string) => {
  const target = `${folder}/node_modules/@tellonce/${name}`
  mkdirSync(target, { recursive: true })
  const tarball = `${folder}/tarballs/tellonce-${name}-${versionOf(name)}.tgz`
  await run("tar", ["xzf", tarball, "-C", target, "--strip-components=1"])
}

/** What a package depends on stands in its own folder, its peers in the project's, as an installer would put them. */
const linkNeeds = (folder: string, name: string, { dependencies = {}, peerDependencies = {} }: Manifest) => {
  const own = `${root}packages/${name}/node_modules`
  const outside = Object.keys(dependencies).filter((needed) => !needed.startsWith("@tellonce/"))
  for (const needed of outside) {
    link(`${own}/${needed}`, `${folder}/node_modules/@tellonce/${name}/node_modules/${needed}`)
  }
  for (const peer of Object.keys(peerDependencies)) {
    const ofApp = `${root}tests/node_modules/${peer}`
    link(existsSync(ofApp) ? ofApp : `${own}/${peer}`, `${folder}/node_modules/${peer}`)
  }
}

const link = (from: string, to: string) => {
  if (existsSync(to)) return
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}
