import { type Agent, agentActions, createSqliteStore, createTellonce, type Served, serve } from "@tellonce/node"
import { buildPage } from "./build-page.ts"
import { loadKeys } from "./keys.ts"
import { createMailServer } from "./mail/mail-server.ts"
import { sendMail } from "./mail/send-mail.ts"
import { createMailDesk, supportAddress } from "./mail-desk.ts"
import { createSessions } from "./session.ts"
import { createShopApp } from "./shop-app.ts"
import { shopContext } from "./shop-context.ts"

export interface ShopOptions {
  readonly port: number
  /** Where its data lies; what it has acknowledged is there after any end of the process. */
  readonly dataDirectory: string
  /** Where the page is built into. */
  readonly pageDirectory: string
  /** 0 takes a free one. */
  readonly smtpPort?: number
}

/** The one agent of the demo, who sees and does what a desk does. */
const desk: Agent = {
  id: "desk-1",
  kind: "human",
  owner: "support",
  channel: "desk",
  reads: "all",
  writes: "all",
  actions: agentActions,
  purposes: ["service"],
}

/** The whole shop: website, backend, context service, mail server. */
export const createShop = async (options: ShopOptions): Promise<Served & { readonly smtpPort: number }> => {
  const { port, dataDirectory, pageDirectory, smtpPort = 0 } = options
  const keys = await loadKeys(dataDirectory)
  const store = await createSqliteStore({ path: `${dataDirectory}/shop.db` })
  const tellonce = createTellonce({ context: shopContext, store, keys, access: { agents: [desk] } })
  const sessions = createSessions(keys.secret)
  const send = (
    from: string,
    mail: { readonly to: string; readonly subject: string; readonly text: string; readonly inReplyTo?: string },
  ) => sendMail({ port: mailServer.port, auth: { user: from, pass: sessions.mailPassword(from) }, from, ...mail })

  const mailServer = await createMailServer({
    port: smtpPort,
    passwordOf: sessions.mailPassword,
    onMail: createMailDesk({
      tellonce,
      clock: Date.now,
      onError: console.error,
      sendReply: (mail) => send(supportAddress, mail),
    }),
  })
  await buildPage(pageDirectory)
  const app = createShopApp({
    tellonce,
    publishableKey: keys.publishable,
    sessions,
    pageDirectory,
    sendCustomerMail: (from, mail) => send(from, { to: supportAddress, ...mail }),
  })
  const served = await serve(app as { fetch(request: Request): Promise<Response> }, { port })
  return {
    ...served,
    smtpPort: mailServer.port,
    async close() {
      await served.close()
      await mailServer.close()
      await store.close?.()
    },
  }
}
