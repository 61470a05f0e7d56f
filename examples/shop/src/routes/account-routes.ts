import type { ContextLinks } from "@tellonce/email"
import type { Tellonce } from "@tellonce/node"
import { Hono } from "hono"
import * as z from "zod"
import { idInCrm } from "../desk/crm-accounts.ts"
import type { OrderSystem } from "../orders/create-order-system.ts"
import type { Sessions } from "../session.ts"
import type { ShopFields } from "../shop-context.ts"

export interface AccountParts {
  readonly tellonce: Tellonce<ShopFields>
  readonly sessions: Sessions
  readonly orders: Pick<OrderSystem, "expect">
  readonly links: () => ContextLinks
}

const SignIn = z.object({ visitorToken: z.string().max(4_096).optional() })
const linkHeader = "x-context-link"

/** Who the customer is: signed in with the shop, or come by a link in a mail. */
export const accountRoutes = ({ tellonce, sessions, orders, links }: AccountParts): Hono =>
  new Hono()
    // The shop has proven who is signed in, so it may vouch: what the anonymous visitor said belongs to this customer.
    .post("/sign-in", async (call) => {
      const { visitorToken } = SignIn.parse(await call.req.json())
      const identity = { kind: "email", value: await sessions.open(call) }
      await orders.expect(identity.value)
      const visitor = visitorToken === undefined ? undefined : await tellonce.verifyToken(visitorToken)
      if (visitor?.kind === "visitor") await tellonce.link(visitor.identity, identity, "shop-backend")
      for (const kind of ["zendesk.user", "chatwoot.contact"]) {
        await tellonce.link({ kind, value: idInCrm(identity.value) }, identity, "shop-backend")
      }
      return call.json({ address: identity.value, ...(await tellonce.issueToken({ kind: "customer", identity })) })
    })
    .post("/sign-out", (call) => {
      sessions.close(call)
      return call.json({ signedOut: true })
    })
    // Mail scanners follow links: looking at one changes nothing and tells nothing of anybody.
    .get("/link", async (call) => {
      const { ok } = await links().show(call.req.header(linkHeader) ?? "")
      return call.json({ ok })
    })
    // Whoever reads the customer's mail redeems it, once; then the chat goes on where the mail ended.
    .post("/link", async (call) => {
      const redeemed = await links().redeem(call.req.header(linkHeader) ?? "")
      if (!redeemed.ok) return call.json({ ok: false, error: redeemed.message })
      await sessions.enter(call, redeemed.grant.identity.value)
      return call.json({ ok: true })
    })
