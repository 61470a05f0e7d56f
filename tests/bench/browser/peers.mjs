/** Each as its own guide has a page start it. */
export const peers = {
  "@segment/analytics-next": `import { AnalyticsBrowser } from "@segment/analytics-next"
    const one = AnalyticsBrowser.load({ writeKey: "k" }); one.identify("u"); one.track("e")`,
  "@rudderstack/analytics-js": `import { RudderAnalytics } from "@rudderstack/analytics-js"
    const one = new RudderAnalytics(); one.load("k", "https://example.com"); one.identify("u"); one.track("e")`,
  "@jitsu/js": `import { jitsuAnalytics } from "@jitsu/js"
    const one = jitsuAnalytics({ host: "https://example.com", writeKey: "k" }); one.identify("u"); one.track("e")`,
  "@snowplow/browser-tracker": `import { newTracker, trackPageView, trackStructEvent, setUserId } from "@snowplow/browser-tracker"
    newTracker("sp", "https://example.com"); setUserId("u"); trackPageView(); trackStructEvent({ category: "c", action: "a" })`,
  "posthog-js slim": `import posthog from "posthog-js/dist/module.slim"
    posthog.init("k", { api_host: "https://example.com" }); posthog.identify("u"); posthog.capture("e")`,
  "tinybase with sync": `import { createMergeableStore } from "tinybase/mergeable-store"
    import { createWsSynchronizer } from "tinybase/synchronizers/synchronizer-ws-client"
    const store = createMergeableStore(); createWsSynchronizer(store, new WebSocket("wss://example.com")); store.setCell("t", "r", "c", 1)`,
}
