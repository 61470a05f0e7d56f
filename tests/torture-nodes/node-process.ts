// One service node of several, in a process of its own: real HTTP, the database its environment names. Its parent kills it.
import { createTellonce, serve } from "@tellonce/node"
import { createPostgresStore } from "@tellonce/postgres"
import { secret } from "../torture/torture-context.ts"
import { nodesContext } from "./nodes-context.ts"

const tellonce = createTellonce({
  context: nodesContext,
  store: await createPostgresStore({ connection: process.env.DATABASE ?? "" }),
  keys: { publishable: "pk_for-the-torture", secret },
  log: false,
  onError: () => {},
})
await tellonce.ready()
const { url } = await serve(tellonce)
process.once("SIGTERM", () => void tellonce.close?.().then(() => process.exit(0)))
console.log(`ready ${url}`)
