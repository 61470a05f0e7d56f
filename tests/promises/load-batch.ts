import { toRequest } from "./connection.ts"
import { headersOf, signalOf } from "./shop.ts"

const idMark = "ID0000000000"
const customerMark = "CU000000"

/** Signals of one customer as one request, made once: what differs is written into a copy, so that the sender costs little. */
export const createBatch = (signals: number, run: string, credential?: string) => {
  const list = Array.from({ length: signals }, (_, at) =>
    signalOf(customerMark, {
      id: `${run}-${idMark}`,
      facts: { order: `A-${at}`, errors: 1 },
      event: { name: "page", data: { path: `/product/${at}`, title: "Something to buy, in blue" } },
    }),
  )
  const template = toRequest("POST", "/v1/signals", {
    headers: headersOf(credential),
    body: JSON.stringify({ signals: list }),
  })
  const idPlaces = placesOf(template, idMark)
  const customerPlaces = placesOf(template, customerMark)
  let made = 0
  return (): Buffer => {
    const bytes = Buffer.from(template)
    const customer = String(made % 1_000).padStart(customerMark.length, "0")
    for (const place of customerPlaces) bytes.write(customer, place, "latin1")
    for (const place of idPlaces) bytes.write(String(made++).padStart(idMark.length, "0"), place, "latin1")
    return bytes
  }
}

const placesOf = (bytes: Buffer, mark: string): readonly number[] => {
  const places: number[] = []
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) places.push(at)
  return places
}
