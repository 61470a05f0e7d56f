/** P18: what is revoked opens nothing from the next request on, and its streams close. */
import { follow } from "./follow.ts"
import type { Figures } from "./limits.ts"
import { postUntilTaken } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { headersOf, signalOf } from "./shop.ts"
import { greatest } from "./spread.ts"

/** Whom a token is for, and what is revoked of it. */
const cases = [
  { holder: { kind: "customer", identity: { kind: "user", value: "ada" } }, revoked: "token" },
  { holder: { kind: "customer", identity: { kind: "user", value: "ada" } }, revoked: "identity" },
  { holder: { kind: "agent", agent: "desk" }, revoked: "agent" },
] as const

export const measureRevoked = (setup: Setup): Promise<Figures> =>
  withService(setup, async ({ url }) => {
    await postUntilTaken(url, [signalOf("ada")])
    let open = 0
    const times: number[] = []
    for (const { holder, revoked } of cases) {
      const { token } = (await send<{ token: string }>(url, "/v1/tokens", holder)) ?? { token: "" }
      const credential = { url, customer: "ada", credential: token }
      const follower = await follow({ ...credential, onEvent: () => {} })
      await send(url, "/v1/revocations", nameOf(revoked, holder, token))
      const began = performance.now()
      if ((await statusOf(url, token)) !== 401) open++
      const closed = await Promise.race([follower.ended.then(() => true), wait(15_000).then(() => false)])
      times.push(closed ? (performance.now() - began) / 1_000 : Number.NaN)
      follower.close()
    }
    return { revokedStatus: open, revokedStreams: times.some(Number.isNaN) ? Number.NaN : greatest(times) }
  })

const nameOf = (
  revoked: (typeof cases)[number]["revoked"],
  holder: (typeof cases)[number]["holder"],
  token: string,
) => {
  if (revoked === "agent") return { agent: "desk" }
  if (revoked === "identity" && "identity" in holder) return { identity: holder.identity }
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { readonly jti: string }
  return { token: claims.jti }
}

const send = async <Body>(url: string, path: string, body: object): Promise<Body | undefined> => {
  const response = await fetch(url + path, { method: "POST", headers: headersOf(), body: JSON.stringify(body) })
  if (response.status === 201) return (await response.json()) as Body
  throw new Error(`${path} was refused: ${response.status} ${await response.text()}`)
}

const statusOf = async (url: string, token: string): Promise<number> => {
  const response = await fetch(`${url}/v1/context?identity=user:ada`, { headers: headersOf(token) })
  await response.text()
  return response.status
}
