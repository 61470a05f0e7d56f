import { serveStatic } from "@hono/node-server/serve-static"
import { verifySharedSecret, verifyZendeskToken } from "@tellonce/crm/server"
import { Hono } from "hono"
import type { Zendesk } from "./create-zendesk.ts"
import { type FrameStart, framePage } from "./frame-page.ts"

export interface DeskParts {
  readonly zendesk: Pick<Zendesk, "publicKey" | "audience">
  readonly chatwootSecret: string
  /** A short token of the registered agent, for whoever has proven to be the CRM. */
  readonly issueToken: (agent: string) => Promise<{ readonly token: string }>
  /** Where the shop and its context service are reached; the CRMs' pages are there, too. */
  readonly shopUrl: () => string
  /** Where the built frame lies. */
  readonly frameDirectory: string
  readonly clock: () => number
}

/** Which of the CRM's agents is whom here. */
const agents: Readonly<Record<string, string>> = { "77": "desk-1" }

/** The company's sidebar app, of an origin of its own as in any CRM: a frame with a token of the agent, for the CRM's proof. */
export const createDeskApp = (parts: DeskParts): Hono => {
  const { zendesk, chatwootSecret, issueToken, shopUrl, frameDirectory, clock } = parts
  const app = new Hono()
  app.use(async (call, next) => {
    await next()
    call.header("referrer-policy", "no-referrer")
    call.header("cache-control", "no-store")
    call.header("content-security-policy", policy(shopUrl()))
  })
  const frameFor = async (crm: FrameStart["crm"], agent: string) =>
    framePage({ crm, url: shopUrl(), token: (await issueToken(agent)).token })
  // Zendesk posts a token that it has signed, Chatwoot has a secret in the address.
  app.post("/zendesk", async (call) => {
    const { token } = await call.req.parseBody()
    const { publicKey, audience } = zendesk
    const proof = await verifyZendeskToken({ token: String(token), publicKey, audience, now: clock() })
    const agent = proof.ok && proof.agent ? agents[proof.agent.id] : undefined
    return agent === undefined ? call.text("Unknown agent.", 403) : call.html(await frameFor("zendesk", agent))
  })
  app.get("/chatwoot", async (call) => {
    const proof = await verifySharedSecret({ given: call.req.query("secret"), expected: chatwootSecret })
    return proof.ok ? call.html(await frameFor("chatwoot", "desk-1")) : call.text("Wrong secret.", 403)
  })
  app.use("/*", serveStatic({ root: frameDirectory }))
  return app
}

const policy = (shop: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${shop}`,
    "img-src data:",
    `frame-ancestors ${shop}`,
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ].join("; ")
