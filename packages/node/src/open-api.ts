import type { ContextDefinition } from "@tellonce/core"
import * as z from "zod"
import type { Route } from "./route.ts"

/** The OpenAPI 3.1 description of these routes; 3.1 takes JSON Schema 2020-12 as zod writes it. */
export const openApi = (definition: ContextDefinition, routes: readonly Route[]): object => ({
  openapi: "3.1.0",
  info: { title: `Tellonce: the context of ${definition.name}`, version: String(definition.version) },
  security: [{ credential: [] }],
  components: {
    securitySchemes: {
      credential: {
        type: "http",
        scheme: "bearer",
        description: "A key (pk_…, sk_…) or a token issued by this service.",
      },
    },
    schemas: { Error: errorSchema },
  },
  paths: Object.fromEntries(
    [...new Set(routes.map(({ path }) => path))].map((path) => [
      path.replace(/:(\w+)/g, "{$1}"),
      pathItem(routes.filter((route) => route.path === path)),
    ]),
  ),
})

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: { code: { type: "string" }, message: { type: "string" } },
    },
  },
}

const problem = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
})

const pathItem = (routes: readonly Route[]) =>
  Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operation(route)]))

const operation = ({ summary, query = [], body, answers, path, method, status = 200, open }: Route) => ({
  operationId: operationId(method, path),
  summary,
  ...(open && { security: [] }),
  parameters: [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name ?? "", "path")),
    ...query.map((name) => parameter(name, "query")),
  ],
  ...(body && {
    requestBody: {
      required: true,
      content: { "application/json": { schema: z.toJSONSchema(body, { io: "input", unrepresentable: "any" }) } },
    },
  }),
  responses: {
    [status]: { description: answers },
    "400": problem("The request is not what this path takes."),
    "401": problem("No credential, or one that is unknown or has expired."),
    "403": problem("The credential does not allow this."),
    "413": problem("The request is too large."),
    "503": problem("The store cannot take this now; Retry-After says when to send it again."),
  },
})

const parameter = (name: string, place: "path" | "query") => ({
  name,
  in: place,
  required: place === "path",
  schema: { type: "string" },
})

/** `postHandoffsByHandoffAccept` for `POST /v1/handoffs/:handoff/accept`. */
const operationId = (method: string, path: string): string => {
  const words = path.replace("/v1/", "").replace(/:/g, "by-").split(/[/-]/)
  return `${method.toLowerCase()}${words.map((word) => word.replace(/^./, (first) => first.toUpperCase())).join("")}`
}
