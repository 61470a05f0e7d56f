import { expect, it } from "vitest"
import { act, acted, type ChatHostBinding, listen } from "./chat-host-binding.ts"

/** What the page around the widget may be like. */
export const pageLaws = (binding: ChatHostBinding): void => {
  const { withoutPage, late, broken, key = (name: string) => name } = binding

  it("without a page it waits, and nothing is thrown", async () => {
    const host = withoutPage()
    const stop = host.subscribe(() => {})
    host.setAttributes({ orderNumber: "A-1042", gone: null })
    stop()
    const waited = new Promise((resolve) => setTimeout(resolve, 0, "pending"))
    expect(await Promise.race([host.ready(), waited])).toBe("pending")
  })

  it("it is ready again whenever it is asked", async () => {
    const { host, teardown } = await binding.setup()
    await host.ready()
    await expect(host.ready()).resolves.toBeUndefined()
    await teardown()
  })

  if (late) {
    it("a script that comes late finds the attributes and the listeners that wait for it", async () => {
      const widget = await late()
      const { types } = listen(widget.host)
      widget.host.setAttributes({ orderNumber: "A-1041", gone: "soon" })
      widget.host.setAttributes({ orderNumber: "A-1042", gone: null })
      let isReady = false
      void widget.host.ready().then(() => {
        isReady = true
      })
      await Promise.resolve()
      expect(isReady).toBe(false)
      await widget.load()
      await widget.host.ready()
      expect((await widget.attributes())[key("orderNumber")]).toBe("A-1042")
      await act(binding, widget, "first")
      expect(types()).toContain(acted(binding))
      await widget.teardown()
    })
  }

  if (broken) {
    it("a widget that throws is told to onError, and never to the page", async () => {
      const { host, errors, teardown } = await broken()
      const stop = host.subscribe(() => {})
      await host.ready()
      host.setAttributes({ orderNumber: "A-1042" })
      stop()
      expect(errors().length).toBeGreaterThan(0)
      await teardown()
    })
  }
}
