import { spawn, spawnSync } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { prepareBinaries } from "./prepare-binaries.ts"
import { freePort } from "./start-server.ts"

const home = join(tmpdir(), `tellonce-pgbouncer-${process.getuid?.() ?? 0}`)
const packages = ["pgbouncer", "libevent-2.1-7", "libc-ares2"]

/** Debian's, half a megabyte with what it needs, unpacked for the tests alone: nothing is installed. Undefined where no Debian package is to be had. */
const findPgbouncer = (): string | undefined => {
  const installed = "/usr/sbin/pgbouncer"
  if (existsSync(installed)) return installed
  const program = join(home, "usr/sbin/pgbouncer")
  if (!existsSync(program) && existsSync("/etc/debian_version")) bring()
  return existsSync(program) ? program : undefined
}

/** Made beside and moved into place whole. */
const bring = () => {
  const making = mkdtempSync(`${home}-`)
  const command = `apt-get download -qq ${packages.join(" ")} && for one in *.deb; do dpkg -x $one . || exit 1; done`
  const isBrought = () => spawnSync("sh", ["-c", command], { cwd: making, stdio: "ignore" }).status === 0
  // A fresh machine has no lists of packages yet.
  const isThere = isBrought() || (spawnSync("apt-get", ["update", "-qq"]).status === 0 && isBrought())
  try {
    if (!isThere) return
    spawnSync("chmod", ["-R", "a+rX", making])
    renameSync(making, home)
  } catch {
    // Somebody else was first.
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

export const pgbouncer = findPgbouncer()

/** A pooler in transaction mode before the server at this port; five connections for each database, whoever asks. */
export const startPgbouncer = async (program: string, server: number) => {
  const directory = mkdtempSync(join(tmpdir(), "tellonce-pooler-"))
  const { user } = prepareBinaries()
  const port = await freePort()
  const settings = [
    ...["[databases]", `* = host=127.0.0.1 port=${server}`, "[pgbouncer]", "listen_addr = 127.0.0.1"],
    ...[`listen_port = ${port}`, "unix_socket_dir =", "auth_type = any", "pool_mode = transaction"],
    ...["default_pool_size = 5", "max_client_conn = 500"],
  ]
  const file = join(directory, "pgbouncer.ini")
  // With `auth_type = any` all are let in as the one that the database names.
  writeFileSync(file, settings.join("\n").replace(/(port=\d+)/, "$1 user=tellonce"))
  if (user) for (const path of [directory, file]) chownSync(path, user.uid, user.gid)
  const env = { ...process.env, LD_LIBRARY_PATH: join(home, "usr/lib", libraries()) }
  const child = spawn(program, [file], { ...user, cwd: directory, env, stdio: ["ignore", "ignore", "pipe"] })
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ""
    child.stderr.on("data", (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes("process up")) resolve()
    })
    void ended.then(() => reject(new Error(`pgbouncer has ended: ${said}`)))
  })
  return {
    port,
    async stop() {
      child.kill("SIGKILL")
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const libraries = (): string => (process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu")
