import { jitsuAnalytics } from "@jitsu/js"

/** What the tests drive: the real client, as a page uses it. */
const connect = (options: { readonly host: string; readonly writeKey: string }) => {
  globalThis.jitsu = jitsuAnalytics(options)
}

declare global {
  var connectJitsu: typeof connect
  var jitsu: ReturnType<typeof jitsuAnalytics>
}
globalThis.connectJitsu = connect
