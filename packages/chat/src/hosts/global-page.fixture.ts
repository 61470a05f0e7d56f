import { JSDOM } from "jsdom"
import { vi } from "vitest"

/** A page whose window and document are the global ones, where the loaders of widgets look for them, until it is closed. */
export const openGlobalPage = (html: string) => {
  const page = new JSDOM(html, { url: "http://localhost/" }).window as unknown as Window
  vi.stubGlobal("window", page)
  vi.stubGlobal("document", page.document)
  const close = () => {
    vi.unstubAllGlobals()
    page.close()
  }
  return { page, close }
}
