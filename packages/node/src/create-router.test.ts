import { describe, expect, it } from "vitest"
import { createRouter } from "./create-router.ts"
import type { Route } from "./route.ts"

const route = (method: Route["method"], path: string): Route => ({
  method,
  path,
  summary: "",
  answers: "",
  handle: async () => ({ status: 200, headers: {}, body: null }),
})

const router = createRouter([
  route("GET", "/v1/things"),
  route("POST", "/v1/things"),
  route("DELETE", "/v1/things/:thing"),
  route("GET", "/v1/things/newest"),
  route("POST", "/v1/things/:thing/parts/:part"),
])
const refusal = (method: string, path: string): unknown => {
  try {
    return router(method, path).route.path
  } catch (thrown) {
    return (thrown as { readonly code: string; readonly message: string }).code
  }
}

describe("a request finds its route", () => {
  it("by path and method, with the values of its names decoded", () => {
    expect(router("POST", "/v1/things").route.method).toBe("POST")
    expect(router("DELETE", "/v1/things/a%2Fb").params).toEqual({ thing: "a/b" })
    expect(router("POST", "/v1/things/1/parts/2").params).toEqual({ thing: "1", part: "2" })
  })

  it("and a path written out goes before one with a name", () => {
    expect(router("GET", "/v1/things/newest").route.path).toBe("/v1/things/newest")
    expect(refusal("DELETE", "/v1/things/newest")).toBe("route/method")
  })

  it.each(["/v1/things/", "/v1/things/1/", "/v1/things/%zz", "/v1/other", "/v1/things/1/parts", "//v1/things"])(
    "nothing is at %s",
    (path) => expect(refusal("DELETE", path)).toBe("route/unknown"),
  )

  it("a path that takes other methods says which", () => {
    expect(() => router("PUT", "/v1/things")).toThrow("This path takes GET, POST.")
  })
})
