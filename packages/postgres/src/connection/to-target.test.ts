import { expect, it } from "vitest"
import { toTarget } from "./to-target.ts"

it("several hosts are one database, each with its port", () => {
  expect(toTarget({ connection: "postgres://shop:h%40sh@db-1,db-2:6000,[::1]:5433/shop" })).toMatchObject([
    { host: "db-1", port: 5_432, user: "shop", password: "h@sh", database: "shop" },
    { host: "db-2", port: 6_000 },
    { host: "::1", port: 5_433 },
  ])
})

it.each([
  ["what the environment left out", undefined],
  ["an empty text", ""],
  ["another kind of database", "mysql://shop:hush@db/shop"],
  ["no hosts", { hosts: [] }],
  ["hosts left out", {}],
  ["a port that is none", "postgres://db:70000/shop"],
  ["a password with a sign that ends an address", "postgres://shop:a#hush@db/shop"],
  ["a password with a broken escape", "postgres://shop:50%hush@db/shop"],
])("%s is no connection, which is said without repeating it", (_, connection) => {
  const refusal = expect.objectContaining({ code: "config/connection", message: expect.not.stringContaining("hush") })
  expect(() => toTarget({ connection: connection as never })).toThrow(refusal)
})
