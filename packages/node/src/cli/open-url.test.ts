import { expect, it } from "vitest"
import { loadPostgres } from "./open-url.ts"

it("where the package for PostgreSQL is not installed, it is asked for by name", async () => {
  const absent = () => Promise.reject(Object.assign(new Error("not found"), { code: "ERR_MODULE_NOT_FOUND" }))
  await expect(loadPostgres(absent)).rejects.toMatchObject({
    code: "cli/no_postgres",
    message: expect.stringContaining("npm install @tellonce/postgres"),
  })
})

it("a package that is there and broken is no absent one", async () => {
  const broken = new SyntaxError("an unexpected end")
  await expect(loadPostgres(() => Promise.reject(broken))).rejects.toBe(broken)
})
