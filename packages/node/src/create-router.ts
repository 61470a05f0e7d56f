import { HttpProblem } from "./http/http-problem.ts"
import type { Route } from "./route.ts"

export interface Match {
  readonly route: Route
  /** The values of the path's `:names`, decoded. */
  readonly params: Readonly<Record<string, string>>
}

/** Finds the route of a request. Throws 404 `route/unknown` and 405 `route/method`. */
export type Router = (method: string, pathname: string) => Match

type ByMethod = Map<string, Route>

interface Pattern {
  readonly segments: readonly string[]
  readonly byMethod: ByMethod
}

const none: Match["params"] = {}

/** Compiled once: a path without `:names` is one look-up, the others are compared with those of as many segments. */
export const createRouter = (routes: readonly Route[]): Router => {
  const exact = new Map<string, ByMethod>()
  const patterns = new Map<number, Pattern[]>()
  for (const route of routes) methodsOf(route.path, exact, patterns).set(route.method, route)

  return (method, pathname) => {
    const found = findExact(exact, pathname) ?? findPattern(patterns, pathname)
    if (found === undefined) {
      throw new HttpProblem(404, "route/unknown", "There is nothing here. The API is described at /v1/openapi.json.")
    }
    const route = found.byMethod.get(method)
    if (route) return { route, params: found.params }
    throw new HttpProblem(405, "route/method", `This path takes ${[...found.byMethod.keys()].join(", ")}.`)
  }
}

const methodsOf = (path: string, exact: Map<string, ByMethod>, patterns: Map<number, Pattern[]>): ByMethod => {
  const segments = path.split("/")
  if (!segments.some(isName)) {
    const byMethod = exact.get(path) ?? new Map<string, Route>()
    exact.set(path, byMethod)
    return byMethod
  }
  const alike = patterns.get(segments.length) ?? []
  patterns.set(segments.length, alike)
  const known = alike.find((pattern) => pattern.segments.join("/") === path)
  if (known) return known.byMethod
  const pattern: Pattern = { segments, byMethod: new Map() }
  alike.push(pattern)
  return pattern.byMethod
}

const findExact = (exact: Map<string, ByMethod>, pathname: string) => {
  const byMethod = exact.get(pathname)
  return byMethod && { byMethod, params: none }
}

const findPattern = (patterns: Map<number, Pattern[]>, pathname: string) => {
  const parts = pathname.split("/")
  for (const { segments, byMethod } of patterns.get(parts.length) ?? []) {
    const params = matchSegments(segments, parts)
    if (params) return { byMethod, params }
  }
  return undefined
}

const matchSegments = (segments: readonly string[], parts: readonly string[]): Match["params"] | undefined => {
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? ""
    if (!isName(segment)) {
      if (segment !== part) return undefined
      continue
    }
    const value = decode(part)
    if (value === undefined) return undefined
    params[segment.slice(1)] = value
  }
  return params
}

const isName = (segment: string): boolean => segment.startsWith(":")

/** Undefined for what is empty or no proper percent-encoding: such a path leads nowhere. */
const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part) || undefined
  } catch {
    return undefined
  }
}
