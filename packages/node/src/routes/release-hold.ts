import * as z from "zod"
import { json } from "../http/replies.ts"
import { PlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const ReleaseBody = z.strictObject(PlaceBody)

export const releaseHold: Route = {
  method: "DELETE",
  path: "/v1/holds/:hold",
  summary: "Releases a hold. Whose it is stands in the body, as addresses are logged on the way.",
  body: ReleaseBody,
  answers: "The hold's name",
  async handle(call) {
    const { service, principal, params } = call
    const { hold = "" } = params
    const [identity, place] = await readAct(call, ReleaseBody, "release")
    await service.interactions.release(identity, hold, place, principal)
    return json(200, { now: service.clock(), hold })
  },
}
