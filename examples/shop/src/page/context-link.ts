import { create, element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

/** Whoever comes by a link in a mail is asked before it is redeemed: programs that follow links must not use it up. */
export const redeemContextLink = async (): Promise<void> => {
  const token = location.hash.slice(1)
  if (token === "") return
  history.replaceState(null, "", location.pathname)
  const headers = { "x-context-link": token }
  const { ok } = await shopServer.get<{ readonly ok: boolean }>("link", headers)
  if (!ok) return tell("This link is no link of ours, or it has ended.")
  await asked("You come from a mail of ours.", "Go on in the chat")
  const redeemed = await shopServer.post<{ readonly ok: boolean; readonly error?: string }>("link", {}, headers)
  tell(redeemed.ok ? "Welcome back. You need not repeat anything." : (redeemed.error ?? "It could not be opened."))
}

const tell = (text: string) => element("link").replaceChildren(text)

const asked = (text: string, yes: string): Promise<unknown> =>
  new Promise((resolve) => {
    const button = create("button", { type: "button" }, yes)
    button.addEventListener("click", resolve)
    element("link").replaceChildren(text, " ", button)
  })
