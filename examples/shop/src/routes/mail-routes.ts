import { ask } from "@tellonce/core"
import type { Tellonce } from "@tellonce/node"
import { Hono } from "hono"
import * as z from "zod"
import type { ShopMail } from "../mail/open-mail.ts"
import type { Sessions } from "../session.ts"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { draftReply } from "../words/draft-reply.ts"
import { signedIn } from "./signed-in.ts"

export interface MailParts {
  readonly tellonce: Tellonce<ShopFields>
  readonly sessions: Sessions
  /** Asked for late: it is known once mail is served. */
  readonly mail: () => Pick<ShopMail, "mailboxes" | "sendCustomerMail">
  readonly clock: () => number
}

const Mail = z.object({ subject: z.string().min(1).max(200), text: z.string().min(1).max(20_000) })

/** The customer's mail program, and what support would answer now. */
export const mailRoutes = ({ tellonce, sessions, mail, clock }: MailParts): Hono =>
  new Hono()
    .get("/mails", async (call) => call.json(mail().mailboxes.of((await signedIn(sessions, call)).value)))
    .post("/mails", async (call) => {
      const { value: from } = await signedIn(sessions, call)
      await mail().sendCustomerMail(from, Mail.parse(await call.req.json()))
      return call.json({ sent: true })
    })
    // Of the core's own `ask`: a draft that nobody has read has asked nothing yet.
    .get("/draft", async (call) => {
      const identity = await signedIn(sessions, call)
      const { context } = await tellonce.customer(identity)
      const answers = ask(context, returnCase, { now: clock() })
      return call.json({ text: draftReply(await tellonce.view(identity), answers) })
    })
