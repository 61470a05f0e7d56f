import pg from "pg"
import { prepareBinaries } from "./prepare-binaries.ts"
import { freePort, type Server, startServer } from "./start-server.ts"

export interface PostgresOptions {
  /** Of which release: as `prepareBinaries` takes it. */
  readonly release?: string | undefined
  /** Standbys that stream from the first server; none unless told. */
  readonly replicas?: number
  /** A commit waits for one standby. */
  readonly synchronous?: boolean
  /** Waits for the disk at each commit, as it must where what survives a crash is measured; not unless told. */
  readonly durable?: boolean
  readonly settings?: Readonly<Record<string, string | number>>
}

export interface Postgres {
  /** The first is the primary, until another is promoted. */
  readonly servers: readonly Server[]
  /** A connection string over all servers; as the role that runs services unless told. */
  url(database: string, role?: string): string
  /** A database of its own, empty or as another is, and its name. */
  createDatabase(template?: string): Promise<string>
  dropDatabase(name: string): Promise<void>
  /** As the superuser, on one server. */
  query(
    text: string,
    options?: { readonly server?: number; readonly database?: string },
  ): Promise<readonly Record<string, unknown>[]>
  /** Makes this standby the primary. */
  promote(server: number): Promise<void>
  stop(): Promise<void>
}

/** Owns the databases, and is neither superuser nor may it pass by row-level policies. */
const owner = "tellonce"

/**
 * A real PostgreSQL for a test, within a second: the binaries are npm's, the data directory is a copy of one that was made before. A standby
 * is a copy of the same one, so that no `pg_basebackup` is needed (npm brings none; with Debian's `postgresql-15` one could be used).
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<Postgres> => {
  const { replicas = 0, synchronous = false, durable = false, settings = {} } = options
  const binaries = prepareBinaries(options.release)
  const common = {
    max_connections: 100,
    shared_buffers: "64MB",
    fsync: durable ? "on" : "off",
    wal_keep_size: "1GB",
    max_wal_senders: 10,
    hot_standby: "on",
    ...settings,
  }
  const port = await freePort()
  const primary = await startServer({ binaries, port, settings: common })
  const followers = Array.from({ length: replicas }, async () =>
    startServer({ binaries, port: await freePort(), settings: common, follows: port }),
  )
  const servers = [primary, ...(await Promise.all(followers))]
  const asSuperuser = async (text: string, { server = 0, database = "postgres" } = {}) => {
    const at = { host: "127.0.0.1", port: servers[server]?.port, user: "postgres", database }
    const client = new pg.Client(at)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(text)).rows
    } finally {
      await client.end()
    }
  }
  await asSuperuser(`CREATE ROLE ${owner} LOGIN CREATEDB`)
  if (synchronous) {
    await asSuperuser("ALTER SYSTEM SET synchronous_standby_names = '*'")
    await asSuperuser("SELECT pg_reload_conf()")
  }
  let count = 0
  return {
    servers,
    url: (database, role = owner) =>
      `postgres://${role}@${servers.map((server) => `127.0.0.1:${server.port}`).join(",")}/${database}`,
    async createDatabase(template = "template1") {
      const name = `tellonce_${++count}`
      await asSuperuser(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${template}`)
      return name
    },
    dropDatabase: async (name) => void (await asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
    query: asSuperuser,
    promote: async (server) => void (await asSuperuser("SELECT pg_promote()", { server })),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}
