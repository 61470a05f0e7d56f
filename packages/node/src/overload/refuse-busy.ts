import type { ServerResponse } from "node:http"
import { HttpProblem } from "../http/http-problem.ts"
import { problemReply, withCors } from "../http/replies.ts"

/** 503 `overload/busy`. It says to come back in one to three seconds, so that those who were refused together do not come back together. */
export const busyProblem = (chance: number): HttpProblem =>
  new HttpProblem(
    503,
    "overload/busy",
    "The service has more to do than it can. Nothing of this was kept; send it again after the time in Retry-After.",
    1 + Math.floor(chance * 3),
  )

/** Made once: under the load at which they are sent, each is to cost as little as can be. */
const replies = [0, 0.4, 0.8].map((chance) => {
  const { status, headers, body } = withCors(problemReply(busyProblem(chance)))
  const text = String(body)
  return { status, headers: { ...headers, "content-length": text.length }, text }
})

/** Answers a request that nobody has looked at yet. `chance` is from 0 up to 1. */
export const refuseBusy = (response: ServerResponse, chance: number): void => {
  const reply = replies[Math.floor(chance * replies.length)] ?? replies[0]
  response.writeHead(reply?.status ?? 503, reply?.headers).end(reply?.text)
}
