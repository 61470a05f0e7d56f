import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Binaries } from "./prepare-binaries.ts"

/** One running PostgreSQL, on loopback, in a directory of its own that goes with it. */
export interface Server {
  readonly port: number
  readonly directory: string
  /** Kills it as a power cut would, without a word to anybody. */
  kill(): Promise<void>
  /** Stops all of its processes where they are, and lets them go on. */
  stall(): void
  resume(): void
  /** Runs it again on what it left. */
  restart(): Promise<void>
  /** Ends it in order. Its directory is removed when the process that asked for it ends. */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly binaries: Binaries
  readonly port: number
  readonly settings: Readonly<Record<string, string | number>>
  /** Follows this one. */
  readonly follows?: number | undefined
}

/**
 * The server has a keeper, a shell that waits for the end of its input: when this process ends, however it does, the server is ended and its
 * directory removed. So no orphan is left to be in the way of the next run.
 */
const keeper = `exec 3<&0
( trap '' INT TERM; cat <&3 > /dev/null; kill -INT $$ 2> /dev/null
  while kill -0 $$ 2> /dev/null; do sleep 0.05; done; rm -rf "$DIRECTORY" ) &
exec 3<&-; exec "$@"`

export const startServer = async (options: ServerOptions): Promise<Server> => {
  const { binaries, port, follows } = options
  const directory = mkdtempSync(join(tmpdir(), "tellonce-pg-"))
  const { user } = binaries
  if (user) chownSync(directory, user.uid, user.gid)
  const data = join(directory, "data")
  const copied = spawnSync("cp", ["-R", binaries.template, data], { ...user, encoding: "utf8" })
  if (copied.status !== 0) throw new Error(`The data directory could not be made: ${copied.stderr}`)
  if (follows !== undefined) follow(data, follows)
  const children = [await run(options, directory)]

  const pids = () => {
    const [postmaster] = existsSync(join(data, "postmaster.pid"))
      ? readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")
      : []
    return postmaster ? [Number(postmaster), ...childrenOf(Number(postmaster))] : []
  }
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids()) {
      try {
        process.kill(pid, name)
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  return {
    port,
    directory,
    stall: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async kill() {
      const all = pids()
      signal("SIGKILL")
      while (all.some((pid) => existsSync(`/proc/${pid}`) && !isZombie(pid))) await pause(5)
    },
    async restart() {
      children.push(await run(options, directory))
    },
    async stop() {
      const last = children.at(-1)
      const ended =
        last?.exitCode === null && last.signalCode === null && new Promise((resolve) => last.once("exit", resolve))
      for (const child of children) child.stdin?.end()
      await ended
    },
  }
}

const follow = (data: string, port: number) => {
  writeFileSync(join(data, "standby.signal"), "")
  appendFileSync(
    join(data, "postgresql.auto.conf"),
    `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres application_name=standby'\n`,
  )
}

const run = ({ binaries, port, settings }: ServerOptions, directory: string): Promise<ChildProcess> => {
  const all = { ...settings, listen_addresses: "127.0.0.1", unix_socket_directories: directory, port }
  const args = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const command = ["-c", keeper, "keeper", binaries.postgres, "-D", join(directory, "data"), ...args]
  const env = { PATH: process.env.PATH ?? "", DIRECTORY: directory, LC_ALL: "C.UTF-8" }
  const child = spawn("/bin/sh", command, { ...binaries.user, cwd: directory, env, stdio: ["pipe", "ignore", "pipe"] })
  return new Promise((resolve, reject) => {
    let said = ""
    child.stderr?.on("data", (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-10_000)
      if (/ready to accept (read-only )?connections/.test(said)) resolve(child)
      if (/FATAL:.*(could not|lock file|data directory)/.test(said)) reject(new Error(said))
    })
    child.once("exit", () => reject(new Error(`PostgreSQL has ended: ${said}`)))
  })
}

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const childrenOf = (parent: number): readonly number[] =>
  readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const stat = statOf(Number(name))
    return stat?.parent === String(parent) && stat.command === "postgres" ? [Number(name)] : []
  })

const isZombie = (pid: number): boolean => statOf(pid)?.state === "Z"

/** The name is in brackets and may hold anything. */
const statOf = (pid: number) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8")
    const [state, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ")
    return { command: text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")), state, parent }
  } catch {
    return undefined
  }
}

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))
