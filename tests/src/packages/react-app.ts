import { readPage, snippetsOf } from "../run-snippet.ts"

/** The definition that a server and its pages share. */
export const definition = `
import { defineContext, latest } from "@tellonce/core"
import * as z from "zod/mini"
export const shop = defineContext({ name: "shop", version: 1, fields: { city: latest(z.string()), order: latest(z.string()) } })
`

/** The part of the app that React runs in the page, and on a server first. Its client speaks to nobody. */
export const component = `"use client"
import { createClient } from "@tellonce/client"
import { createTellonceHooks } from "@tellonce/react"
import { createElement as h } from "react"
import { shop } from "./definition.js"

const { TellonceProvider, useFact, useTell } = createTellonceHooks(shop)

const Order = () => {
  const city = useFact("city").value ?? "no city"
  const order = useFact("order").value ?? "no order"
  const tell = useTell({ channel: "page" })
  return h("button", { onClick: () => tell({ order: "A-1" }) }, city + ", " + order)
}

const connect = () => createClient({ context: shop, url: location.origin, key: "pk_12345678", fetch: () => Promise.reject(new TypeError("Offline.")) })

export const Shop = ({ initialView }) => h(TellonceProvider, { connect, initialView }, h(Order))
`

export const viteApp: Readonly<Record<string, string>> = {
  "definition.js": definition,
  "shop.js": component,
  "index.html": `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><main></main><script type="module" src="./main.js"></script></html>`,
  "main.js": `
import { createRoot } from "react-dom/client"
import { createElement as h, StrictMode } from "react"
import "./everything.js"
import { Shop } from "./shop.js"
createRoot(document.querySelector("main")).render(h(StrictMode, null, h(Shop)))
`,
}

export const nextApp: Readonly<Record<string, string>> = {
  "package.json": `{ "private": true, "type": "module" }`,
  "next.config.mjs": `export default {
  outputFileTracingRoot: import.meta.dirname,
  eslint: { ignoreDuringBuilds: true },
  serverExternalPackages: ["@tellonce/node"],
}`,
  "app/v1/[...path]/route.js": snippetsOf(readPage("docs/service.md"), "js")[0] ?? "",
  "app/definition.js": definition,
  "app/shop.js": component,
  "app/layout.js": `
import { createElement as h } from "react"
export const metadata = { icons: "data:," }
export default function Layout({ children }) { return h("html", { lang: "en" }, h("body", null, children)) }
`,
  "app/page.js": `
import { applySignals, emptyContext, view } from "@tellonce/core"
import { createElement as h } from "react"
import { shop } from "./definition.js"
import { Shop } from "./shop.js"
export const dynamic = "force-dynamic"
const signal = { id: "1", at: 1, identity: { kind: "user", value: "1" }, source: "crm", channel: "crm", authority: "record", facts: { city: "Paris" } }
export default function Page() {
  const seen = view(applySignals(emptyContext(shop), [signal]), { now: Date.now() })
  return h(Shop, { initialView: JSON.parse(JSON.stringify(seen)) })
}
`,
}
