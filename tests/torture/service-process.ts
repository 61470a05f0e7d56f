// The service as it runs in a process of its own: real HTTP, a real file. Its parent kills it, fills its disk and cuts its power.
import { createSqliteStore, createTellonce, serve } from "@tellonce/node"
import { secret, tortureContext } from "./torture-context.ts"

const { DATA: path = "", RESERVE, CHECKPOINT_EVERY } = process.env

const store = await createSqliteStore({
  path,
  ...(RESERVE !== undefined && { reserve: Number(RESERVE) }),
  onFatal: () => process.exit(70),
})
const tellonce = createTellonce({
  context: tortureContext,
  store,
  keys: { publishable: "pk_for-the-torture", secret },
  onError: () => {},
})
const { url } = await serve(tellonce)

const everything = { context: () => undefined, signal: () => undefined, forgetDuplicates: true }

// A sweep of nothing still moves the log file into the database file, which is where a power cut hurts most.
if (CHECKPOINT_EVERY !== undefined) setInterval(() => void store.sweep([], everything), Number(CHECKPOINT_EVERY))

process.on("message", async ({ sweep }: { readonly sweep: string }) => {
  const said = await store.sweep([sweep], everything).then(
    () => ({ swept: true }),
    (reason: unknown) => ({ swept: false, reason: String(reason) }),
  )
  process.send?.(said)
})

console.log(`ready ${url}`)
