import { createSqliteStore } from "@tellonce/node"
import { createShopBot } from "./bot/create-shop-bot.ts"
import { buildPage } from "./build-page.ts"
import { openDesk } from "./desk/open-desk.ts"
import { openJournal } from "./journal.ts"
import { loadKeys } from "./keys.ts"
import { listen } from "./listen.ts"
import { createPromotion } from "./mail/create-promotion.ts"
import { openMail } from "./mail/open-mail.ts"
import { openService } from "./open-service.ts"
import { createOrderSystem, type OrderEntry, type OrderEvent } from "./orders/create-order-system.ts"
import { accountRoutes } from "./routes/account-routes.ts"
import { chatRoutes } from "./routes/chat-routes.ts"
import { counterRoutes } from "./routes/counter-routes.ts"
import { crmRoutes } from "./routes/crm-routes.ts"
import { mailRoutes } from "./routes/mail-routes.ts"
import { createSessions } from "./session.ts"
import { createShopApp } from "./shop-app.ts"

export interface ShopOptions {
  readonly port: number
  /** Where its data lies; what it has acknowledged is there after any end of the process. */
  readonly dataDirectory: string
  /** Where the pages are built into. */
  readonly pageDirectory: string
  /** 0 takes a free one. */
  readonly smtpPort?: number
}

export interface Shop {
  readonly url: string
  readonly smtpPort: number
  close(): Promise<void>
}

/** The whole shop: website, backend, context service, order system, mail server, and the company's app for the CRMs. */
export const createShop = async (options: ShopOptions): Promise<Shop> => {
  const { port, dataDirectory, pageDirectory, smtpPort = 0 } = options
  const clock = Date.now
  const keys = await loadKeys(dataDirectory)
  const store = await createSqliteStore({ path: `${dataDirectory}/shop.db` })
  const sessions = createSessions(keys.secret)
  await buildPage(pageDirectory)

  // Each is an address of its own, known once it listens, and none is called before all do.
  const orders = await createOrderSystem({
    journal: await openJournal<OrderEntry>(`${dataDirectory}/orders.jsonl`),
    publish: (event) => publish(event, shop.url, keys.secret),
    clock,
  })
  const { tellonce, ingest } = openService({ store, keys, ordersUrl: () => orders.url, clock })
  const shopUrl = () => shop.url
  const frameDirectory = `${pageDirectory}/desk`
  const desk = await openDesk({ tellonce, secret: keys.secret, shopUrl, frameDirectory, clock })
  const routes = [
    accountRoutes({ tellonce, sessions, orders, links: () => mail.links }),
    chatRoutes(createShopBot(tellonce), sessions),
    mailRoutes({ tellonce, sessions, mail: () => mail, clock }),
    counterRoutes({ tellonce, sessions, orders, promote: createPromotion(tellonce, (message) => mail.send(message)) }),
    crmRoutes({ sessions, desk }),
  ]
  const app = createShopApp({ tellonce, ingest, publishableKey: keys.publishable, routes, pageDirectory })
  const shop = await listen(app, port)
  const mail = await openMail({
    ...{ tellonce, store, sessions, dataDirectory, clock },
    secret: keys.secret,
    port: smtpPort,
    shopUrl: shop.url,
  })
  return {
    url: shop.url,
    smtpPort: mail.port,
    async close() {
      await Promise.all([shop.close(), desk.close(), orders.close()])
      await mail.close()
      await store.close?.()
    },
  }
}

/** As any system of the company would: a CloudEvent to the context service, over HTTP. */
const publish = async (event: OrderEvent, url: string, secret: string): Promise<void> => {
  const headers = { "content-type": "application/cloudevents+json", authorization: `Bearer ${secret}` }
  const response = await fetch(`${url}/v1/events`, { method: "POST", headers, body: JSON.stringify(event) })
  if (!response.ok) throw new Error(`The context service answered ${response.status} to an event.`)
}
