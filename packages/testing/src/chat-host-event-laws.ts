import { expect, it } from "vitest"
import { act, acted, type ChatHostBinding, type ChatHostSetup, listen } from "./chat-host-binding.ts"

/** What is heard of a widget, and by whom. */
export const eventLaws = (binding: ChatHostBinding, widget: () => ChatHostSetup): void => {
  const type = acted(binding)
  const count = (types: readonly string[]) => types.filter((heard) => heard === type).length

  if (binding.hears === "words") {
    it("a sent message is told once, with its text", async () => {
      const { sent, received } = listen(widget().host)
      await widget().send?.("Where is my order A-1042?")
      expect(sent()).toEqual(["Where is my order A-1042?"])
      expect(received()).not.toContain("Where is my order A-1042?")
    })

    it("markup in a message is its text", async () => {
      const { sent } = listen(widget().host)
      await widget().send?.("<b>Où</b> est & ma commande ?")
      expect(sent()).toEqual(["<b>Où</b> est & ma commande ?"])
    })
  }

  const tellings = [
    ["open", "opened"],
    ["start", "conversation.started"],
    ["end", "conversation.ended"],
    ["close", "closed"],
  ] as const
  it.each(tellings.filter(([means]) => binding.can.includes(means)))(
    "what the widget tells of is told once: %s",
    async (means, expected) => {
      const { types } = listen(widget().host)
      if (means === "close") await widget().open?.()
      if (means === "end") await widget().start?.()
      const before = types().length
      await widget()[means]?.()
      const heard = types().slice(before)
      expect(heard.filter((type) => type === expected)).toEqual([expected])
    },
  )

  it("it has the means it is said to have, and no others", () => {
    const has = (["send", "receive", "open", "close", "start", "end", "claim"] as const).filter(
      (means) => widget()[means] !== undefined,
    )
    expect([has.sort(), widget().identity !== undefined]).toEqual([[...binding.can].sort(), binding.knowsVisitors])
  })

  if (binding.can.includes("receive")) {
    it("an answer is told as received, never as sent", async () => {
      const { types, received, sent } = listen(widget().host)
      await widget().receive?.("It arrives on Friday.")
      expect(types().filter((heard) => heard === "message.received")).toHaveLength(1)
      if (binding.hears === "words") expect(received()).toEqual(["It arrives on Friday."])
      expect(sent()).not.toContain("It arrives on Friday.")
    })
  }

  if (binding.can.includes("claim")) {
    it("an address typed into the widget is a claim, and of that address or of none", async () => {
      const { heard } = listen(widget().host)
      await widget().claim?.("ada@example.com")
      const claims = heard.filter((event) => event.type === "identity.claimed")
      expect(claims).toHaveLength(1)
      expect([undefined, "ada@example.com"]).toContain(claims[0]?.email)
    })
  }

  it("two subscribers both hear, and the one who leaves hears no more", async () => {
    const leaving = listen(widget().host)
    const staying = listen(widget().host)
    await act(binding, widget(), "first")
    leaving.stop()
    leaving.stop()
    await act(binding, widget(), "second")
    expect([count(leaving.types()), count(staying.types())]).toEqual([1, 2])
  })

  it("who comes after all others have left hears again, and once", async () => {
    listen(widget().host).stop()
    const { types } = listen(widget().host)
    await act(binding, widget(), "first")
    expect(count(types())).toBe(1)
  })

  it("the app's own handler hears what it would hear without the host", async () => {
    const { stop } = listen(widget().host)
    const first = await act(binding, widget(), "first")
    stop()
    const second = await act(binding, widget(), "second")
    expect(widget().appHeard()).toEqual([first, second])
  })

  it("a listener that throws harms neither the widget nor the other listeners", async () => {
    const before = listen(widget().host)
    widget().host.subscribe(() => {
      throw new Error("thrown by a listener, on purpose")
    })
    const after = listen(widget().host)
    const first = await act(binding, widget(), "first")
    const second = await act(binding, widget(), "second")
    expect([count(before.types()), count(after.types())]).toEqual([2, 2])
    expect(widget().appHeard()).toEqual([first, second])
  })
}
