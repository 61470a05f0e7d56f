import { JSDOM } from "jsdom"
import { createElement, type ReactNode, StrictMode } from "react"
import { vi } from "vitest"

const { window } = new JSDOM("<!doctype html><body></body>")
// React DOM looks for these when it is loaded.
vi.stubGlobal("window", window)
vi.stubGlobal("document", window.document)
vi.stubGlobal("navigator", window.navigator)
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true)
const { createRoot, hydrateRoot } = await import("react-dom/client")
export const { renderToString } = await import("react-dom/server")
const { act } = await import("react")

/** Shows what `use`, which may be any hooks, answers. */
export const Probe = ({ use }: { readonly use: () => unknown }): ReactNode => {
  const answer = use()
  return typeof answer === "object" ? JSON.stringify(answer) : String(answer)
}

export interface Rendered {
  readonly element: HTMLElement
  text(): string
  render(node: ReactNode): Promise<void>
  unmount(): Promise<void>
}

const mount = async (html: string, start: (element: HTMLElement) => ReturnType<typeof createRoot>) => {
  const element = window.document.createElement("main")
  element.innerHTML = html
  window.document.body.append(element)
  const started: ReturnType<typeof createRoot>[] = []
  await act(async () => {
    started.push(start(element))
  })
  const [root] = started
  return {
    element,
    text: () => element.textContent ?? "",
    render: (node: ReactNode) => act(async () => root?.render(node)),
    unmount: () => act(async () => root?.unmount()),
  }
}

export const render = (node: ReactNode): Promise<Rendered> =>
  mount("", (element) => {
    const root = createRoot(element)
    root.render(node)
    return root
  })

/** In the mode in which React does everything twice. */
export const renderStrictly = (node: ReactNode): Promise<Rendered> => render(createElement(StrictMode, null, node))

/** What a server sends for `sent`, and what a page makes of it with `node`. React's complaints are in `complaints`. */
export const hydrate = async (sent: ReactNode, node: ReactNode) => {
  const html = renderToString(sent)
  const complaints: string[] = []
  vi.spyOn(console, "error").mockImplementation((...words) => void complaints.push(words.join(" ")))
  const rendered = await mount(html, (element) =>
    hydrateRoot(element, node, { onRecoverableError: (error) => void complaints.push(String(error)) }),
  )
  return { ...rendered, html, complaints }
}

/** Lets React take in what happens in `deed`. */
export const during = (deed: () => void): Promise<void> =>
  act(async () => {
    deed()
  })

export const press = (rendered: Rendered, selector: string, type = "click"): Promise<void> =>
  during(() => {
    rendered.element.querySelector(selector)?.dispatchEvent(new window.Event(type, { bubbles: true }))
  })
