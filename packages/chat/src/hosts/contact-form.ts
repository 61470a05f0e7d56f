import type { ChatHost } from "@tellonce/core"
import { readyIf } from "../widget/ready-if.ts"

/**
 * A plain `<form>` with a `<textarea>`: what is submitted is a message, and a mail address typed beside it is a claim. Attributes
 * become `data-` attributes of the form (`orderNumber` is `data-order-number`). Without a form, as on a server, it waits.
 */
export const createContactFormHost = (form: HTMLFormElement | null | undefined): ChatHost => ({
  ready: () => readyIf(form),
  subscribe: (emit) => {
    if (!form) return () => {}
    let claimed: string | undefined
    const hear = () => {
      const email = form.querySelector<HTMLInputElement>('input[type="email"]')?.value.trim()
      const text = form.querySelector("textarea")?.value.trim()
      if (text) emit({ type: "message.sent", text })
      if (!email || email === claimed) return
      claimed = email
      emit({ type: "identity.claimed", email })
    }
    // While capturing: an app's own handler mostly empties the textarea.
    form.addEventListener("submit", hear, { capture: true })
    return () => form.removeEventListener("submit", hear, { capture: true })
  },
  setAttributes: (attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) form?.removeAttribute(toDataAttribute(name))
      else form?.setAttribute(toDataAttribute(name), String(value))
    }
  },
})

const toDataAttribute = (name: string): string =>
  `data-${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
