import { expect, it } from "vitest"
import type { ChatHostBinding, ChatHostSetup } from "./chat-host-binding.ts"

/** What reaches the vendor's conversation. */
export const attributeLaws = (binding: ChatHostBinding, widget: () => ChatHostSetup): void => {
  const { key = (name: string) => name, limits, removed } = binding
  const read = async (...names: readonly string[]) => {
    const attributes = await widget().attributes()
    return names.map((name) => attributes[key(name)])
  }

  it("attributes add up, the last value stands, and null removes", async () => {
    widget().host.setAttributes({ orderNumber: "A-1042", visits: 3, gone: "soon" })
    widget().host.setAttributes({ visits: 4, gone: null })
    const [orderNumber, visits, gone] = await read("orderNumber", "visits", "gone")
    expect([orderNumber, String(visits), gone]).toEqual(["A-1042", "4", removed])
  })

  it("attributes given together reach the vendor together, and flat", async () => {
    const { writes, host } = widget()
    const before = writes?.() ?? 0
    host.setAttributes({ orderNumber: "A-1042", visits: 3, gone: "soon" })
    if (writes) expect(writes() - before).toBe(1)
    const values = Object.values(await widget().attributes())
    expect(values.filter((value) => typeof value === "object")).toEqual([])
  })

  if (binding.can.includes("start")) {
    it("attributes set again when a conversation starts are in that conversation", async () => {
      const { start, host } = widget()
      host.setAttributes({ orderNumber: "A-1042" })
      host.subscribe((event) => {
        if (event.type === "conversation.started") host.setAttributes({ orderNumber: "A-1042" })
      })
      await start?.()
      expect(await read("orderNumber")).toEqual(["A-1042"])
    })
  }

  if (binding.knowsVisitors) {
    it("an attribute never says who the visitor is", async () => {
      const { identity, host } = widget()
      const before = JSON.stringify(identity?.())
      const names = ["email", "name", "phone", "user_id", "userId", "id", "hash", "user_hash", "identifier", "company"]
      host.setAttributes(Object.fromEntries(names.map((name) => [name, "ada@example.com"])))
      await widget().attributes()
      expect(JSON.stringify(identity?.())).toBe(before)
    })
  }

  if (limits) {
    it("however many, long and oddly named: the vendor gets what it can keep", async () => {
      const many = Array.from({ length: 300 }, (_, index) => [`field${index}`, index] as const)
      widget().host.setAttributes({
        orderNumber: `${"x".repeat(limits.text - 1)}😀${"y".repeat(5_000)}`,
        "Größe.$[x] y": "odd",
        visits: 3,
        gone: true,
        ...Object.fromEntries(many),
      })
      const attributes = await widget().attributes()
      expect(Object.keys(attributes).length).toBeLessThanOrEqual(limits.keys)
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).toMatch(limits.key)
        expect(limits.types).toContain(typeof value)
      }
      expect(attributes[key("orderNumber")]).toBe("x".repeat(limits.text - 1))
      expect(String(attributes[key("visits")])).toBe("3")
    })
  }
}
