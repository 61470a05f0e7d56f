import { fileURLToPath } from "node:url"
import { createShop } from "./create-shop.ts"

const { PORT = "4400", SMTP_PORT = "0", DATA = fileURLToPath(new URL("../.data", import.meta.url)) } = process.env

const shop = await createShop({
  port: Number(PORT),
  smtpPort: Number(SMTP_PORT),
  dataDirectory: DATA,
  pageDirectory: `${DATA}/page`,
})
console.log(`Open ${shop.url} and click the first suggestion below the chat.`)
console.log(`mail at smtp://127.0.0.1:${shop.smtpPort}`)
console.log(`ready ${shop.url}`)

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void shop.close().then(() => process.exit(0)))
}
