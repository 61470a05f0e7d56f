import type { ConnectionOptions } from "node:tls"
import { type Millis, TellonceError } from "@tellonce/core"
import type { ClientConfig } from "pg"

/** Where the database is, in parts. */
export interface Connection {
  /** Of all of them, the one that takes writes is found, at the start and after each fail-over. */
  readonly hosts: readonly { readonly host: string; readonly port?: number | undefined }[]
  readonly database?: string | undefined
  readonly user?: string | undefined
  /** A function is asked at each new connection, for passwords that change. */
  readonly password?: string | (() => string | Promise<string>) | undefined
}

export interface ConnectOptions {
  /** `postgres://user:password@host-1:5432,host-2:5432/database`, or the same in parts. */
  readonly connection: string | Connection
  /** TLS: true checks the server's certificate against the known authorities; an object names others. Unless told as `sslmode` in the string says: `require` and `verify-*` are `true`. */
  readonly ssl?: boolean | ConnectionOptions | undefined
  /** How long to wait for one host; 2,000 unless told. */
  readonly connectTimeout?: Millis | undefined
  /** Named in the server's list of sessions. */
  readonly applicationName?: string | undefined
}

/** How to reach each of the hosts. */
export type Target = readonly ClientConfig[]

export const toTarget = ({
  connection,
  ssl,
  connectTimeout = 2_000,
  applicationName = "tellonce",
}: ConnectOptions): Target => {
  const { hosts, database, user, password, isSecure } =
    typeof connection === "string" ? parseConnection(connection) : { ...connection, isSecure: undefined }
  // What the environment left out has none.
  if (!hosts?.length) throw noHost()
  return hosts.map(({ host, port = 5_432 }) => ({
    host,
    port,
    database,
    user,
    password,
    ssl: ssl ?? isSecure,
    connectionTimeoutMillis: connectTimeout,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  }))
}

/** A URL has one host: the others are taken out before it is read as one. */
const parseConnection = (text: string): Connection & { readonly isSecure: boolean | undefined } => {
  const parts = /^(postgres(?:ql)?:\/\/)(?:([^@/]*)@)?([^/?]+)(.*)$/.exec(text)
  if (parts === null) throw noHost()
  const [, scheme = "", credentials, hosts = "", rest = ""] = parts
  const url = toUrl(`${scheme}${credentials === undefined ? "" : `${credentials}@`}host${rest}`)
  const database = decode(url.pathname.slice(1))
  return {
    hosts: hosts.split(",").map(parseHost),
    isSecure: parseSslMode(url.searchParams.get("sslmode")),
    ...(database !== "" && { database }),
    ...(url.username !== "" && { user: decode(url.username) }),
    ...(url.password !== "" && { password: decode(url.password) }),
  }
}

/** Never less than what was asked for. Whether TLS is used is not to depend on what a server offers, so `prefer` and `allow` are refused. */
const parseSslMode = (mode: string | null): boolean | undefined => {
  if (mode === null) return undefined
  if (mode === "disable") return false
  if (["require", "verify-ca", "verify-full"].includes(mode)) return true
  throw new TellonceError("config/connection", `The connection says sslmode=${mode}. Give "verify-full" or "disable".`)
}

const parseHost = (text: string) => {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? []
  const host = decode(bracketed ?? plain ?? "")
  if (host === "" || Number(port ?? 0) > 65_535) throw noHost()
  return port === undefined ? { host } : { host, port: Number(port) }
}

/** What Node throws of it holds the whole address, its password included. */
const toUrl = (text: string): URL => {
  try {
    return new URL(text)
  } catch {
    throw unescaped()
  }
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unescaped()
  }
}

const unescaped = () =>
  new TellonceError(
    "config/connection",
    'The connection holds a special sign. Write "#" as "%23", "%" as "%25" and others alike, or give the connection in parts.',
  )

const noHost = () =>
  new TellonceError(
    "config/connection",
    "The connection names no host. Give `postgres://user:password@host-1:5432,host-2:5432/database`, or { hosts: [{ host }] }.",
  )

/** What our statements answer: integers and floats as numbers, booleans, arrays in JSON, and text. */
const getTypeParser = ((oid: number) => {
  if ([20, 21, 23, 700, 701].includes(oid)) return Number
  if (oid === 16) return (text: string) => text === "t"
  if (oid === 114) return JSON.parse
  return (text: string) => text
}) as NonNullable<NonNullable<ClientConfig["types"]>["getTypeParser"]>
