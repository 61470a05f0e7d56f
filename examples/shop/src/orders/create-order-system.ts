import { randomUUID } from "node:crypto"
import { Hono } from "hono"
import { lastOrder } from "../catalog.ts"
import type { Journal } from "../journal.ts"
import { listen } from "../listen.ts"
import type { Order } from "./order.ts"

/** What it writes down: an order as it is from now on, or whether an item is sold out. */
export type OrderEntry = { readonly order: Order } | { readonly item: string; readonly isSoldOut: boolean }

/** What it announces to whoever asked to hear of it: a CloudEvent in structured form. */
export interface OrderEvent {
  readonly specversion: "1.0"
  readonly id: string
  readonly source: "/orders"
  readonly type: "com.acme.parcel.delayed" | "com.acme.item.sold_out" | "com.acme.item.back"
  /** Whom it concerns. */
  readonly subject: string
  readonly time: string
  readonly data: Readonly<Record<string, string>>
}

export interface OrderSystemOptions {
  readonly journal: Journal<OrderEntry>
  readonly publish: (event: OrderEvent) => Promise<void>
  readonly clock: () => number
}

export type OrderSystem = Awaited<ReturnType<typeof createOrderSystem>>

const day = 86_400_000
const toDate = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The shop's orders, stock and parcels: a system of its own, which knows nothing of Tellonce but where to send its events. */
export const createOrderSystem = async ({ journal, publish, clock }: OrderSystemOptions) => {
  const orders = new Map<string, Order>()
  const soldOut = new Set<string>()
  const apply = (entry: OrderEntry) => {
    if ("order" in entry) orders.set(entry.order.customer, entry.order)
    else if (entry.isSoldOut) soldOut.add(entry.item)
    else soldOut.delete(entry.item)
  }
  const note = async (entry: OrderEntry) => {
    apply(entry)
    await journal.append(entry)
  }
  for (const entry of journal.entries) apply(entry)
  const announce = (type: OrderEvent["type"], customer: string, data: OrderEvent["data"]) => {
    const time = new Date(clock()).toISOString()
    const frame = { specversion: "1.0", id: randomUUID(), source: "/orders" } as const
    return publish({ ...frame, type, subject: `email/${customer}`, time, data })
  }
  const { url, close } = await listen(toApp(orders, soldOut))
  return {
    url,
    close,
    /** What a customer of the demo has bought: made up when they first come. */
    async expect(customer: string): Promise<void> {
      if (orders.has(customer)) return
      const due = toDate(clock() + 2 * day)
      const { orderNumber: number, item } = lastOrder
      await note({ order: { number, customer, item, status: "in transit", due } })
    },
    /** The carrier needs two days more. */
    async delay(customer: string): Promise<void> {
      const order = orders.get(customer)
      if (order === undefined) return
      const due = toDate(Date.parse(order.due) + 2 * day)
      await note({ order: { ...order, status: "delayed", due } })
      await announce("com.acme.parcel.delayed", customer, { item: order.item, due })
    },
    async stock(item: string, isSoldOut: boolean): Promise<void> {
      await note({ item, isSoldOut })
      const type = isSoldOut ? "com.acme.item.sold_out" : "com.acme.item.back"
      await Promise.all([...orders.keys()].map((customer) => announce(type, customer, { item })))
    },
  }
}

/** What others may ask it. */
const toApp = (orders: ReadonlyMap<string, Order>, soldOut: ReadonlySet<string>) =>
  new Hono()
    .get("/orders/:customer/:number", (call) => {
      const order = orders.get(call.req.param("customer"))
      return order?.number === call.req.param("number") ? call.json(order) : call.notFound()
    })
    .get("/stock", (call) => call.json({ soldOut: [...soldOut] }))
