import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, it } from "vitest"
import { hasOwnLane } from "./is-vital.ts"
import { refuseBusy } from "./refuse-busy.ts"

it("a refusal says in one to three seconds, to a page as well, and leaves the connection as it is", async () => {
  const chances = [0, 0.5, 0.99]
  const server = createServer((_, response) => refuseBusy(response, chances.pop() ?? 0))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/signals`
  for (const seconds of ["3", "2", "1"]) {
    const response = await fetch(url, { method: "POST", body: "x".repeat(100_000) })
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, seconds])
    expect(response.headers.get("access-control-expose-headers")).toContain("retry-after")
    expect(response.headers.get("connection")).not.toBe("close")
    expect(await response.json()).toMatchObject({ error: { code: "overload/busy" } })
  }
  server.close()
  server.closeAllConnections()
})

it.each(["/healthz", "/readyz?x=1", "/metrics", "/v1/erasures", "/v1/consent?identity=user:a"])(
  "%s waits for no other",
  (target) => expect(hasOwnLane(target)).toBe(true),
)

it.each(["/", "", "/v1/signals", "/v1/signals?/healthz", "/healthz/", "/v1/stream"])("%s waits in turn", (target) =>
  expect(hasOwnLane(target)).toBe(false),
)
