// A process of its own that writes and says which ids were acknowledged, until it is killed.
import { createSqliteStore, createTellonce } from "@tellonce/node"
import { keys, shop } from "../service-under-test.ts"

const store = await createSqliteStore({ path: process.argv[2] ?? "" })
const tellonce = createTellonce({ context: shop, store, keys })
for (let index = 0; ; index++) {
  const id = `k${index}`
  const identity = { kind: "user", value: "1" }
  const [result] = await tellonce.record([{ id, identity, channel: "web", source: "test", facts: { errors: 1 } }])
  if (result?.status === "accepted") process.stdout.write(`${id}\n`)
}
