/** Loads every entry of every package in one form and prints what each exports. */
export const loading = (entries: readonly string[], load: string) => `
const main = async () => {
  const found = {}
  for (const entry of ${JSON.stringify(entries)}) {
    try {
      found[entry] = Object.keys(${load}).filter((name) => !["default", "module.exports", "__esModule"].includes(name)).sort()
    } catch (error) {
      found[entry] = error.message.split("\\n")[0]
    }
  }
  console.log(JSON.stringify(found))
}
main()
`

/** Serves what a configuration module exports, but for the store and for what goes elsewhere. */
export const configured = (file: string) => `
Object.assign(process.env, { PUBLISHABLE_KEY: "pk_12345678", SECRET_KEY: "sk_1234567890123456", PEPPER: "a pepper for the tests" })
const { createMemoryStore, createTellonce } = await import("@tellonce/node")
const { tellonce } = await import("./${file}")
const service = createTellonce({ ...tellonce, store: createMemoryStore(), auditHeads: () => {} })
console.log((await service.fetch(new Request("http://127.0.0.1/readyz"))).status)
await service.close()
`

/** Keeps a fact in a database and reads a mail, each in a thread of its own. */
export const service = (load: (name: string) => string) => `
const core = ${load("@tellonce/core")}
const node = ${load("@tellonce/node")}
const email = ${load("@tellonce/email")}
const zod = ${load("zod")}
const main = async () => {
  const context = core.defineContext({ name: "shop", version: 1, fields: { city: core.latest(zod.string()) } })
  const store = await node.createSqliteStore({ path: "shop-" + process.pid + ".db" })
  const tellonce = node.createTellonce({ context, store, keys: { publishable: "pk_12345678", secret: "sk_1234567890123456" } })
  const identity = { kind: "user", value: "1" }
  await tellonce.record([{ identity, channel: "chat", source: "user", facts: { city: "Paris" } }])
  console.log((await tellonce.view(identity)).city.value)
  await store.close()
  const reader = email.createMailReader()
  const read = await reader.read("From: Ada <ada@mail.example>\\r\\nSubject: Grinder\\r\\n\\r\\nIt is stuck.")
  console.log(read.ok ? read.mail.subject : read.code)
  await reader.close()
}
main()
`
