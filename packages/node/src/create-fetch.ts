import { authenticate } from "./authenticate.ts"
import { HttpProblem, json, preflightResponse, problemResponse, withCors } from "./http.ts"
import { openApi } from "./open-api.ts"
import { routes } from "./routes.ts"
import type { Service } from "./service.ts"

/** One request to one answer; every failure becomes an answer with a code. */
export const createFetch = (service: Service) => {
  const respond = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url)
    if (request.method === "OPTIONS") return preflightResponse()
    if (pathname === "/healthz") return json(200, { status: "ok" })
    if (pathname === "/v1/openapi.json") return json(200, openApi(service.definition, routes))
    const route = routes.find(({ method, path }) => method === request.method && path === pathname)
    if (route === undefined) throw noRoute(pathname)
    const principal = await authenticate(request, service.keys, service.tokens)
    return route.handle({ request, searchParams, principal, service })
  }
  return async (request: Request): Promise<Response> => {
    try {
      return withCors(await respond(request))
    } catch (thrown) {
      if (!(thrown instanceof HttpProblem)) service.onError(thrown)
      return withCors(problemResponse(thrown))
    }
  }
}

const noRoute = (pathname: string): HttpProblem => {
  const methods = routes.filter(({ path }) => path === pathname).map(({ method }) => method)
  return methods.length === 0
    ? new HttpProblem(404, "route/unknown", "There is nothing here. The API is described at /v1/openapi.json.")
    : new HttpProblem(405, "route/method", `This path takes ${methods.join(", ")}.`)
}
