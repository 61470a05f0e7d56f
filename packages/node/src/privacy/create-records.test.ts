import { expect, it } from "vitest"
import { createRecords } from "./create-records.ts"
import { shop } from "./shop.fixture.ts"

it("the register lists each purpose with its fields, who reads them and how long they are kept", () => {
  const eve = { id: "eve", kind: "human", owner: "support", channel: "phone", writes: [], actions: ["read"] } as const
  const records = createRecords(shop, {
    purposes: { segment: ["marketing"], visited: ["marketing", "service"] },
    agents: [
      { ...eve, reads: ["visited", "orderNumber"], purposes: ["service"] },
      { ...eve, id: "ad", reads: "all", purposes: ["marketing"] },
      { ...eve, id: "idle", reads: [], purposes: ["service"] },
    ],
  })
  expect(records).toEqual([
    {
      purpose: "service",
      needsConsent: false,
      categories: ["consent", "orderNumber", "lastAdvert", "viewed", "visited"],
      recipients: [{ id: "eve", kind: "human", owner: "support", channel: "phone", reads: ["orderNumber", "visited"] }],
      retention: { consent: null, orderNumber: null, lastAdvert: null, viewed: null, visited: 86_400_000 },
    },
    {
      purpose: "marketing",
      needsConsent: true,
      categories: ["segment", "visited"],
      recipients: [{ id: "ad", kind: "human", owner: "support", channel: "phone", reads: ["segment", "visited"] }],
      retention: { segment: null, visited: 86_400_000 },
    },
  ])
})
