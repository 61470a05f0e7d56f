import { defineContext, latest } from "@tellonce/core"
import { pino } from "pino"
import { expect, it } from "vitest"
import * as z from "zod"
import { createMemoryErasureLedger } from "../privacy/erasure-ledger.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { checkConfig } from "./check-config.ts"

const good = {
  context: defineContext({ name: "shop", version: 1, fields: { orderNumber: latest(z.string()) } }),
  store: createMemoryStore(),
  keys: { publishable: "pk_for-the-tests", secret: ["sk_for-the-tests-alone", "sk_the-one-before-it"] },
  log: pino({ level: "silent" }),
  rates: { visitor: { perSecond: 1, burst: 5 } },
  auditHeads: () => undefined,
  erasures: createMemoryErasureLedger({ pepper: "of the tests" }),
  gpc: ["marketing"],
  logFor: "30 d",
  access: { agents: [], purposes: {} },
  identities: { unique: ["user"], caps: { email: 2 } },
  actions: { promote: { fails: "closed", policies: [() => undefined] }, refund: { fails: "open" } },
  brief: { friction: ["orderNumber"], nextStep: () => undefined },
  anchors: { order: { fetch: async () => ({}), maxAge: 60_000 } },
  webhooks: [{ url: "https://shop.example/hook", secret: "whsec_…", events: ["hold.placed"], plain: true }],
}

const webhook = { url: "https://shop.example/hook", secret: "whsec_hunter2", events: ["hold.placed"] }
const closed = { fails: "closed", policies: [() => undefined] }

const codeOf = (options: unknown) => {
  try {
    checkConfig(options)
    return undefined
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string }
    expect(message).not.toContain("hunter2")
    return code
  }
}

it("a whole configuration passes", () => {
  expect(codeOf(good)).toBeUndefined()
})

it.each([
  ["config/context", { context: { orderNumber: 1 } }],
  ["config/store", { store: { path: "hunter2" } }],
  ["config/store", { store: undefined }],
  ["config/keys", { keys: { publishable: "pk_for-the-tests", secret: "sk_hunter2" } }],
  ["config/keys", { keys: { publishable: "hunter2-hunter2", secret: good.keys.secret } }],
  ["config/keys", { keys: { ...good.keys, secret: [] } }],
  ["config/keys", { keys: { ...good.keys, private: "hunter2" } }],
  ["config/clock", { clock: 7 }],
  ["config/log", { log: "hunter2" }],
  ["config/tracer", { tracer: {} }],
  ["config/metricsKey", { metricsKey: "hunter2" }],
  ["config/rates", { rates: { visitor: { perSecond: 0, burst: 1 } } }],
  ["config/rates", { rates: { everyone: { perSecond: 1, burst: 1 } } }],
  ["config/auditHeads", { auditHeads: "hunter2" }],
  ["config/erasures", { erasures: { path: "hunter2" } }],
  ["config/gpc", { gpc: "hunter2" }],
  ["config/unknown_option", { metricKey: "hunter2-hunter2-hunter2" }],
  ["config/access", { access: { agent: [] } }],
  ["config/identities", { identities: { uniqe: ["user"] } }],
  ["config/actions", { actions: { promote: { fails: "closed", polices: closed.policies } } }],
  ["config/actions", { actions: { promote: { ...closed, fails: "close" } } }],
  ["config/brief", { brief: { nextstep: () => undefined } }],
  ["config/anchors", { anchors: { order: { fetch: async () => ({}), maxage: 60_000 } } }],
  ["config/anchors", { anchors: { order: { fetch: async () => ({}), maxAge: "1m" } } }],
  ["config/webhooks", { webhooks: [{ ...webhook, events: ["hold.placd"] }] }],
  ["config/webhooks", { webhooks: [{ ...webhook, events: [] }] }],
  ["config/webhooks", { webhooks: [{ ...webhook, adresses: ["10.0.0.0/8"] }] }],
  ["config/webhooks", { webhooks: [{ ...webhook, url: "hunter2" }] }],
  ["config/options", undefined],
])("%s is refused by name, and no value is repeated (%#)", (code, wrong) => {
  expect(codeOf(wrong && { ...good, ...wrong })).toBe(code)
})
