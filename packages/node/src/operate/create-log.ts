import { isTellonceError } from "@tellonce/core"
import { destination, type Logger, pino } from "pino"

/** All that may be logged. Nothing here is a caller's own words. */
export interface LogFields {
  readonly requestId?: string | undefined
  readonly method?: string | undefined
  /** The path as our table has it, such as `/v1/agents/:agent`. */
  readonly route?: string | undefined
  readonly status?: number | undefined
  readonly code?: string | undefined
  readonly ms?: number | undefined
  readonly principal?: string | undefined
  readonly count?: number | undefined
  /** The class of a foreign error. */
  readonly error?: string | undefined
  readonly frames?: readonly string[] | undefined
}

export type Level = "debug" | "info" | "warn" | "error"

export interface ServiceLog {
  write(level: Level, message: string, fields: LogFields): void
  /** A failure that no caller hears of: its class, its code and where it came from; its text stays unsaid. */
  failed(thrown: unknown): void
}

/** `false` logs nothing; without a logger, warnings and errors go to stderr. */
export const createLog = (given: Logger | false | undefined): ServiceLog => {
  if (given === false) return { write() {}, failed() {} }
  const logger = given ?? pino({ name: "tellonce", level: "warn" }, destination({ fd: 2, sync: true }))
  const write: ServiceLog["write"] = (level, message, fields) => {
    if (logger.isLevelEnabled(level)) logger[level](allowed(fields), message)
  }
  return { write, failed: (thrown) => write("error", "failed", describeError(thrown)) }
}

/** What a name, a code or a route of ours looks like. */
const isName = (value: unknown): value is string => typeof value === "string" && /^[\w./:@*-]{1,128}$/.test(value)
const isNumber = (value: unknown): value is number => typeof value === "number"

const checks: Readonly<Record<keyof LogFields, (value: unknown) => boolean>> = {
  requestId: isName,
  method: isName,
  route: isName,
  status: isNumber,
  code: isName,
  ms: isNumber,
  principal: isName,
  count: isNumber,
  error: isName,
  frames: Array.isArray,
}

/** An allow-list, and not a list of what to hide: what nobody thought of stays out. */
const allowed = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([name, check]) => {
      const value = fields[name as keyof LogFields]
      return check(value) ? [[name, value]] : []
    }),
  )

export const describeError = (thrown: unknown): LogFields => {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const code = isTellonceError(thrown) ? thrown.code : (thrown as { code?: unknown }).code
  return {
    error: thrown.constructor.name,
    code: isName(code) ? code : undefined,
    frames: framesOf(thrown),
  }
}

/** The stack without the text above it. Where the text has been changed since, it cannot be told from frames: then none. */
const framesOf = ({ name, message, stack = "" }: Error): readonly string[] => {
  const head = message === "" ? name : `${name}: ${message}`
  const at = stack.indexOf(head)
  if (at === -1) return []
  const frames = stack.slice(at + head.length).split("\n")
  return frames
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim())
    .slice(0, 8)
}
