import { serveStatic } from "@hono/node-server/serve-static"
import type { Identity } from "@tellonce/core"
import type { Tellonce } from "@tellonce/node"
import { Hono } from "hono"
import * as z from "zod"
import { catalog, lastOrder } from "./catalog.ts"
import { returnBot, smallTalk } from "./return-bot.ts"
import type { Sessions } from "./session.ts"
import { returnCase, type ShopFields } from "./shop-context.ts"

export interface ShopParts {
  readonly tellonce: Tellonce<ShopFields>
  readonly publishableKey: string
  readonly sessions: Sessions
  /** Where the built page lies. */
  readonly pageDirectory: string
  /** Sends the customer's mail over SMTP, signed in as that customer. */
  readonly sendCustomerMail: (from: string, mail: { readonly subject: string; readonly text: string }) => Promise<void>
}

const SignIn = z.object({ visitorToken: z.string().max(4_096).optional() })
const Mail = z.object({ subject: z.string().min(1).max(200), text: z.string().min(1).max(20_000) })

/** The shop's website and backend, with the context service mounted beside it. */
export const createShopApp = ({
  tellonce,
  publishableKey,
  sessions,
  pageDirectory,
  sendCustomerMail,
}: ShopParts): Hono => {
  const app = new Hono()
  app.all("/v1/*", (call) => tellonce.fetch(call.req.raw))
  app.get("/healthz", (call) => tellonce.fetch(call.req.raw))

  app.get("/shop/config", (call) => call.json({ key: publishableKey, catalog, lastOrder }))

  // The shop has proven who is signed in, so it may vouch: what the anonymous visitor said belongs to this customer.
  app.post("/shop/sign-in", async (call) => {
    const { visitorToken } = SignIn.parse(await call.req.json())
    const identity = emailOf(await sessions.open(call))
    const visitor = visitorToken === undefined ? undefined : await tellonce.verifyToken(visitorToken)
    if (visitor?.kind === "visitor") await tellonce.link(visitor.identity, identity, "shop-backend")
    return call.json({ address: identity.value, ...(await tellonce.issueToken({ kind: "customer", identity })) })
  })

  app.post("/shop/sign-out", (call) => {
    sessions.close(call)
    return call.json({ signedOut: true })
  })

  app.post("/shop/bot", async (call) => {
    const address = await sessions.addressOf(call)
    if (address === undefined) return call.json({ text: smallTalk(undefined) })
    const { intent } = await tellonce.view(emailOf(address))
    if (intent.value !== "return") return call.json({ text: smallTalk(intent.value) })
    const answers = await tellonce.ask(emailOf(address), {
      fields: returnCase,
      channel: "web-chat",
      source: "shop-bot",
    })
    return call.json({ text: returnBot(answers) })
  })

  app.post("/shop/mails", async (call) => {
    const address = await sessions.addressOf(call)
    if (address === undefined) return call.json({ error: "Sign in first." }, 401)
    await sendCustomerMail(address, Mail.parse(await call.req.json()))
    return call.json({ sent: true })
  })

  // A real desk signs its agents in; here whoever looks at the demo sits at both sides of it.
  app.post("/shop/desk", async (call) => {
    const address = await sessions.addressOf(call)
    if (address === undefined) return call.json({ error: "Sign in first." }, 401)
    return call.json({ identity: emailOf(address), ...(await tellonce.issueToken({ kind: "agent", agent: "desk-1" })) })
  })

  app.onError((error, call) =>
    call.json(
      { error: error instanceof z.ZodError ? "This is not what the shop takes." : "The shop failed." },
      error instanceof z.ZodError ? 400 : 500,
    ),
  )
  app.use("/*", serveStatic({ root: pageDirectory }))
  return app
}

const emailOf = (value: string): Identity => ({ kind: "email", value })
