import { type Analytics, AnalyticsBrowser } from "@segment/analytics-next"

/** What the tests drive: the real client, as a page uses it. */
const connect = async (options: { readonly writeKey: string; readonly cdnURL: string }, settings: object) => {
  const [client] = await AnalyticsBrowser.load(options, settings)
  globalThis.analytics = client
}

declare global {
  var connectSegment: typeof connect
  var analytics: Analytics
}
globalThis.connectSegment = connect
