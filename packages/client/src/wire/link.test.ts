import { expect, it } from "vitest"
import { createAwaited } from "../page/awaited.ts"
import { systemClock } from "../page/clock.ts"
import type { Transport } from "../transport/transport.ts"
import { createLink, type LinkOptions } from "./link.ts"

/** A link whose transport comes, or does not, when the test says so. */
const start = () => {
  const tries: { readonly arrive: (transport: Transport) => void; readonly fail: () => void }[] = []
  const errors: string[] = []
  const options: Partial<LinkOptions> = {
    sleep: systemClock.sleep,
    leads: () => true,
    onConnection: () => {},
    tried: createAwaited(),
    report: ({ code }) => errors.push(code),
    transport: () =>
      new Promise((arrive, reject) => tries.push({ arrive, fail: () => reject(new Error("It is not there.")) })),
  }
  return { link: createLink(options as LinkOptions), tries, errors }
}

it("when the network is back while a try is about to fail, the next try comes at once", async () => {
  const { link, tries, errors } = start()
  tries[0]?.fail()
  await expect.poll(() => errors).toEqual(["client/not_loaded"])
  link.nudge()
  await expect.poll(() => tries.length).toBe(2)
  link.nudge()
  tries[1]?.fail()
  await expect.poll(() => tries.length).toBe(3)
  expect(errors).toEqual(["client/not_loaded"])
  link.close()
})
