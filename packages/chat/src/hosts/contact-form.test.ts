import type { ChatHostEvent } from "@tellonce/core"
import { chatHostSuite } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import { createContactFormHost } from "./contact-form.ts"

const openForm = () => {
  const dom = new JSDOM(`<form><input type="email"><textarea></textarea></form>`)
  // A listener that throws is reported to the window; left alone, jsdom prints it.
  dom.virtualConsole.removeAllListeners("jsdomError")
  const { document, Event } = dom.window
  const form = document.querySelector("form") as HTMLFormElement
  const textarea = document.querySelector("textarea") as HTMLTextAreaElement
  const heard: string[] = []
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    heard.push(textarea.value)
    textarea.value = ""
  })
  const send = (text: string) => {
    textarea.value = text
    form.dispatchEvent(new Event("submit", { cancelable: true }))
  }
  return { dom, form, host: createContactFormHost(form), send, heard }
}

chatHostSuite({
  name: "A contact form",
  can: ["send", "claim"],
  knowsVisitors: false,
  hears: "words",
  // The browser spells the names of `dataset` as they were.
  withoutPage: () => createContactFormHost(undefined),
  setup: () => {
    const { dom, form, host, send, heard } = openForm()
    return {
      host,
      send,
      claim: (email) => {
        const address = form.querySelector("input") as HTMLInputElement
        address.value = email
        send("Hello")
      },
      appHeard: () => heard,
      attributes: () => ({ ...form.dataset }),
      teardown: () => dom.window.close(),
    }
  },
})

it("an address typed beside the message is claimed, once", () => {
  const { form, host, send } = openForm()
  const events: ChatHostEvent[] = []
  host.subscribe((event) => events.push(event))
  const address = form.querySelector("input") as HTMLInputElement
  address.value = " ada@example.com "
  send("Hello")
  send("Hello again")
  expect(events.map(({ type }) => type)).toEqual(["message.sent", "identity.claimed", "message.sent"])
  expect(events[1]).toEqual({ type: "identity.claimed", email: "ada@example.com" })
})

it("an empty message is none", () => {
  const { host, send } = openForm()
  const events: ChatHostEvent[] = []
  host.subscribe((event) => events.push(event))
  send("  \n ")
  expect(events).toEqual([])
})
