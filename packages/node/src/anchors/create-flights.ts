import { type Millis, TellonceError } from "@tellonce/core"

/** Work under way, by name: who asks for the same meanwhile gets the same answer. */
export interface Flights<Value> {
  join(name: string, start: (signal: AbortSignal) => Promise<Value>): Promise<Value>
}

/** Each flight is given up after `timeout` milliseconds, whether its work heeds the signal or not. */
export const createFlights = <Value>(timeout: Millis): Flights<Value> => {
  const flying = new Map<string, Promise<Value>>()
  return {
    join(name, start) {
      const running = flying.get(name)
      if (running) return running
      const flight = inTime(timeout, start).finally(() => flying.delete(name))
      flying.set(name, flight)
      return flight
    },
  }
}

const inTime = <Value>(timeout: Millis, start: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
  const giveUp = new AbortController()
  return new Promise<Value>((resolve, reject) => {
    const timer = setTimeout(() => {
      const late = new TellonceError("anchor/timeout", `There was no answer within ${timeout} ms.`)
      giveUp.abort(late)
      reject(late)
    }, timeout)
    start(giveUp.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
