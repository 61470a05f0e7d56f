import { expect, it } from "vitest"
import { createLine } from "./create-line.ts"
import { createRemoteShop } from "./shop.suite.ts"

const statement = (orderNumber: string) => ({ channel: "web-chat", facts: { orderNumber } })

/** A line whose every client is one more, as in a provider that is hidden and shown again by React's `Activity`. */
const openLine = () => {
  const made: ReturnType<typeof createRemoteShop>[] = []
  const line = createLine({
    connect: () => {
      const shop = createRemoteShop()
      made.push(shop)
      return shop.port
    },
  })
  const said = () => made.map(({ port }) => port.signals.map(({ facts }) => facts?.orderNumber))
  const hide = async (release: () => void) => {
    release()
    await Promise.resolve()
  }
  return { line, hide, said, closed: () => made.map(({ log }) => log.length === 1) }
}

it("who holds it again has a new client, whether or not somebody reads", async () => {
  const { line, hide, said, closed } = openLine()
  const release = line.hold()
  line.record(statement("A-1"))
  await hide(release)
  const releaseAgain = line.hold()
  line.record(statement("A-2"))
  expect([said(), closed()]).toEqual([
    [["A-1"], ["A-2"]],
    [true, false],
  ])
  await hide(releaseAgain)
  expect(closed()).toEqual([true, true])
})

it("what an effect records just before the provider holds again is said to the new client", async () => {
  const { line, hide, said } = openLine()
  const release = line.hold()
  line.record(statement("A-1"))
  await hide(release)
  line.record(statement("A-2"))
  line.hold()
  await Promise.resolve()
  expect(said()).toEqual([["A-1"], ["A-2"]])
})

it("what is recorded while nobody holds it is told to the closed client, which reports it, and makes no new one", async () => {
  const { line, hide, said } = openLine()
  await hide(line.hold())
  const release = line.hold()
  line.record(statement("A-1"))
  await hide(release)
  await hide(line.hold())
  line.record(statement("A-2"))
  await Promise.resolve()
  expect(said()).toEqual([["A-1", "A-2"]])
})
