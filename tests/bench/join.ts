/** Joining two replicas that each saw half, beside two Maps joined by time in place. */
import { joinContexts } from "@tellonce/core"
import { type FloorState, floor } from "./contenders.ts"
import { contextOf } from "./history.ts"
import { spreadOf, timeOf } from "./measure.ts"
import { batchesOf, definitionOf, latestKinds } from "./workload.ts"

const times = 2_000

/** Ours ÷ the floor's time, the median of per-round ratios. */
export const joinVsFloor = (): number => {
  const all = [...batchesOf({ kinds: latestKinds, customers: 1, signals: 2_000 })]
  const half = (odd: number) => all.filter((_, index) => index % 2 === odd)
  const definition = definitionOf(latestKinds)
  const [mine, theirs] = [contextOf(definition, half(0)), contextOf(definition, half(1))]
  const [left, right] = [floor(half(0)), floor(half(1))]
  const ours = () => {
    for (let time = 0; time < times; time++) joinContexts(mine, theirs)
  }
  const ratios = Array.from({ length: 15 }, () => {
    // What is changed in place is used up: each join has a state of its own, made before the clock runs.
    const lefts = Array.from({ length: times }, () => copyOf(left))
    const inPlace = () => {
      for (const one of lefts) joinInPlace(one, right)
    }
    return timeOf(ours) / timeOf(inPlace)
  })
  return spreadOf(ratios).median
}

const copyOf = (state: FloorState): FloorState =>
  new Map([...state].map(([customer, fields]) => [customer, new Map([...fields].map(([f, held]) => [f, { ...held }]))]))

const joinInPlace = (left: FloorState, right: FloorState): void => {
  for (const [customer, fields] of right) {
    const known = left.get(customer)
    if (known === undefined) left.set(customer, fields)
    else for (const [field, held] of fields) if (held.t > (known.get(field)?.t ?? -1)) known.set(field, held)
  }
}
