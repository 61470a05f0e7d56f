import { v7 as uuid } from "uuid"
import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

export const openVisitor: Route = {
  method: "POST",
  path: "/v1/visitors",
  summary: "Opens an anonymous visitor for a page; its token writes to and reads that visitor alone.",
  answers: "The visitor's identity and token",
  status: 201,
  async handle({ request, principal, service }) {
    demand(principal, "open_visitor")
    const identity = { kind: "anonymous", value: uuid() }
    const visitor = { kind: "visitor", identity, epoch: 0, expiresAt: service.clock() } as const
    await service.privacy.welcome(request, visitor, service.keep)
    const issued = await service.tokens.issue({ kind: "visitor", identity })
    return json(201, { now: service.clock(), identity, ...issued })
  },
}
