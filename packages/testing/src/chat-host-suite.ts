import type { ChatHost, ChatHostEvent } from "@tellonce/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

export interface ChatHostSetup {
  readonly host: ChatHost
  /** The customer sends a message by the widget's own means; answers when the widget has taken it. */
  send(text: string): void | Promise<void>
  /** An answer arrives. Absent where the widget cannot show any. */
  receive?(text: string): void | Promise<void>
  /** What the app's own handler, in place before the host was made, has heard sent. */
  appHeard(): readonly string[]
  /** What the widget's conversation carries now, as its vendor would see it. */
  attributes(): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
  teardown(): void | Promise<void>
}

/** The laws of `ChatHost`. Every binding of a widget runs them, over the real widget where it can be run. */
export const chatHostSuite = (binding: {
  readonly name: string
  /** Does the widget show answers? Then `receive` is tried. */
  readonly showsAnswers: boolean
  setup(): ChatHostSetup | Promise<ChatHostSetup>
}): void => {
  describe(`${binding.name} keeps the laws of a chat host`, () => {
    let widget: ChatHostSetup
    beforeEach(async () => {
      widget = await binding.setup()
      await widget.host.ready()
    })
    afterEach(() => widget.teardown())

    const listen = () => {
      const heard: ChatHostEvent[] = []
      const stop = widget.host.subscribe((event) => heard.push(event))
      return { stop, sent: () => texts(heard, "message.sent"), received: () => texts(heard, "message.received") }
    }

    it("is ready again whenever it is asked", async () => {
      await expect(widget.host.ready()).resolves.toBeUndefined()
    })

    it("a sent message is told once, with its text", async () => {
      const { sent, received } = listen()
      await widget.send("Where is my order A-1042?")
      expect(sent()).toEqual(["Where is my order A-1042?"])
      expect(received()).not.toContain("Where is my order A-1042?")
    })

    it("markup in a message is its text", async () => {
      const { sent } = listen()
      await widget.send("<b>Où</b> est & ma commande ?")
      expect(sent()).toEqual(["<b>Où</b> est & ma commande ?"])
    })

    if (binding.showsAnswers) {
      it("an answer is told as received, never as sent", async () => {
        const { sent, received } = listen()
        await widget.receive?.("It arrives on Friday.")
        expect(received()).toEqual(["It arrives on Friday."])
        expect(sent()).toEqual([])
      })
    }

    it("two subscribers both hear, and the one who leaves hears no more", async () => {
      const leaving = listen()
      const staying = listen()
      await widget.send("first")
      leaving.stop()
      leaving.stop()
      await widget.send("second")
      expect(leaving.sent()).toEqual(["first"])
      expect(staying.sent()).toEqual(["first", "second"])
    })

    it("the app's own handler hears what it would hear without the host", async () => {
      const { stop } = listen()
      await widget.send("first")
      stop()
      await widget.send("second")
      expect(widget.appHeard()).toEqual(["first", "second"])
    })

    it("a listener that throws harms neither the widget nor the other listeners", async () => {
      const before = listen()
      widget.host.subscribe(() => {
        throw new Error("thrown by a listener, on purpose")
      })
      const after = listen()
      await widget.send("first")
      await widget.send("second")
      expect([before.sent(), after.sent(), widget.appHeard()]).toEqual(Array(3).fill(["first", "second"]))
    })

    it("attributes add up, the last value stands, and null removes", async () => {
      widget.host.setAttributes({ orderNumber: "A-1042", visits: 3, gone: "soon" })
      widget.host.setAttributes({ visits: 4, gone: null })
      const { orderNumber, visits, gone } = await widget.attributes()
      expect([orderNumber, String(visits), gone]).toEqual(["A-1042", "4", undefined])
    })
  })
}

const texts = (events: readonly ChatHostEvent[], type: ChatHostEvent["type"]) =>
  events.flatMap((event) => (event.type === type && "text" in event ? [event.text] : []))
