// Two tenants of one process on one file, each with a quota.
import { createSqliteStore, createTenants, serve } from "@tellonce/node"
import { shop } from "./shop.ts"
import { quota, tenantKeys } from "./tenant-keys.ts"

const { DATA: path = "" } = process.env

const store = await createSqliteStore({ path })
const tenants = createTenants({
  store,
  tenants: ["a", "b"].map((id) => ({
    id,
    context: shop,
    keys: tenantKeys(id),
    // Of its keys together.
    rates: { secret: { perSecond: quota, burst: quota } },
  })),
})
const { url } = await serve(tenants)
console.log(`ready ${url}`)
