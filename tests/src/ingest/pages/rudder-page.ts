import { RudderAnalytics } from "@rudderstack/analytics-js/bundled"

/** What the tests drive: the real client, as a page uses it. */
const connect = (writeKey: string, url: string, options: object) =>
  new Promise<void>((resolve) => {
    globalThis.rudder = new RudderAnalytics()
    rudder.ready(() => resolve())
    rudder.load(writeKey, url, { configUrl: url, ...options })
  })

declare global {
  var connectRudder: typeof connect
  var rudder: RudderAnalytics
}
globalThis.connectRudder = connect
