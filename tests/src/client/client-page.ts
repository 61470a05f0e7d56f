import { createClient, createConsentGate, createIndexedDbStorage } from "@tellonce/client"
import { pageContext } from "./page-context.ts"

/** The page under test: one client, and what it has heard. Where the service is stands in the address. */
const heard: { readonly errors: string[]; readonly uncaught: string[]; restored: boolean } = {
  errors: [],
  uncaught: [],
  restored: false,
}
addEventListener("error", ({ message }) => heard.uncaught.push(message))
addEventListener("unhandledrejection", ({ reason }) => heard.uncaught.push(String(reason)))
addEventListener("pageshow", ({ persisted }) => {
  heard.restored = persisted
})

const client = createClient({
  context: pageContext,
  url: new URLSearchParams(location.search).get("service") ?? "",
  key: "pk_for-the-tests",
  source: "test-page",
  consent: createConsentGate({ field: "consent", purposes: { liked: ["marketing"] } }),
  onError: ({ code }) => heard.errors.push(code),
})

/** Signals of 30 kB, eight of which no browser takes in one parting request. */
const tellLarge = (names: readonly string[]) => {
  for (const name of names) client.tell({ viewed: name.padEnd(30_000, ".") }, { channel: "page" })
}

Object.assign(window, { tellonce: { client, heard, tellLarge, createIndexedDbStorage } })
