import { createHash } from "node:crypto"
import { applySignals, authorities, emptyContext, encodeContext, type Signal } from "@tellonce/core"
import { headersOf } from "../promises/shop.ts"
import type { ServiceProcess } from "../promises/start-process.ts"
import { secret } from "../torture/torture-context.ts"
import { nodesContext } from "./nodes-context.ts"
import { readHashes } from "./read-hashes.ts"

const perCustomer = 60
const perRequest = 15

/**
 * The same signals through every node at once, to each in an order of its own, ties of time included. Answers the greatest number of
 * different hashes for one customer: those the nodes give, and the one these signals have where no service is.
 */
export const threeOrders = async (
  nodes: readonly ServiceProcess[],
  customers: readonly string[],
  random: () => number,
): Promise<number> => {
  const urls = nodes.map(({ url }) => url)
  const histories = new Map(customers.map((customer) => [customer, historyOf(customer, random)]))
  const all = [...histories.values()].flat()
  await Promise.all(urls.map((url) => send(url, shuffled(all, random))))
  const hashes = await readHashes(urls, customers)
  return Math.max(
    ...customers.map((customer) => {
      const context = applySignals(emptyContext(nodesContext), histories.get(customer) ?? [])
      const expected = createHash("sha256").update(encodeContext(context)).digest("hex")
      return new Set([...(hashes.get(customer) ?? []), expected]).size
    }),
  )
}

const historyOf = (customer: string, random: () => number): readonly Signal[] => {
  const begin = Date.now() - 3_600_000
  const pick = <One>(from: readonly One[]): One => from[Math.floor(random() * from.length)] as One
  return Array.from(
    { length: perCustomer },
    (_, number): Signal => ({
      id: `${customer}-${number}`,
      // Few moments for many signals: most have another of the same time.
      at: begin + 1_000 * Math.floor((random() * perCustomer) / 4),
      identity: { kind: "user", value: customer },
      authority: pick(authorities),
      channel: pick(["web", "mail", "phone"]),
      source: pick(["site", "desk"]),
      ...pick([
        { facts: { hits: 1, city: `City ${number % 7}` } },
        { facts: { hits: 1, viewed: `Page ${number % 9}`, heat: 1 } },
        { facts: { hits: 1, tags: { [pick(["add", "remove"])]: [`tag ${number % 5}`] } } },
        { cleared: ["city"] },
      ]),
    }),
  )
}

const shuffled = <One>(list: readonly One[], random: () => number): readonly One[] =>
  list
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)

const send = async (url: string, signals: readonly Signal[]) => {
  for (let from = 0; from < signals.length; from += perRequest) {
    const body = JSON.stringify({ signals: signals.slice(from, from + perRequest) })
    const response = await fetch(`${url}/v1/signals`, { method: "POST", headers: headersOf(secret), body })
    const { results = [] } = (await response.json()) as { readonly results?: readonly { readonly status: string }[] }
    const refused = results.find(({ status }) => status === "rejected")
    if (results.length === 0 || refused) throw new Error(`A node refuses good signals: ${JSON.stringify(refused)}.`)
  }
}
