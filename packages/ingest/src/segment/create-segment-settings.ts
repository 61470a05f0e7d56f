import type { Desk, Handler } from "../handler.ts"
import { answer } from "../http/answer.ts"
import { Problem } from "../http/problem.ts"

const settingsPath = /^\/v1\/projects\/([^/]+)\/settings\/?$/
const sourceConfigPath = /^\/sourceConfig\/?$/

/** What the browser clients fetch before they send: where to send it, and that nobody else is to be told. */
export const createSegmentSettings = (desk: Desk): Handler => {
  return (call) => {
    const { pathname, searchParams } = call.url
    const writeKey = settingsPath.exec(pathname)?.[1]
    if (writeKey !== undefined) {
      return () => settle(desk, decodeKey(writeKey), (key) => segmentSettings(key, desk.originOf(call)))
    }
    if (!sourceConfigPath.test(pathname)) return undefined
    return () => settle(desk, searchParams.get("writeKey") ?? "", rudderConfig)
  }
}

const settle = async ({ findSender }: Desk, key: string, settings: (key: string) => object): Promise<Response> => {
  const sender = findSender(key)
  if (sender === "browser") return answer(200, settings(key))
  throw sender === undefined
    ? new Problem(
        401,
        "ingest/unknown_key",
        "No known write key came with this. Configure the page with a publishable key.",
      )
    : new Problem(
        403,
        "ingest/secret_key",
        "This key is secret and a page must not hold it. Use a publishable one, and replace this.",
      )
}

const decodeKey = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ""
  }
}

const segmentSettings = (writeKey: string, origin: string) => {
  const { host, protocol } = new URL(origin)
  const apiHost = `${host}/v1`
  return {
    integrations: { "Segment.io": { apiKey: writeKey, apiHost, protocol: protocol.replace(":", "") } },
    // Unless told, the client reports on itself to its maker.
    metrics: { sampleRate: 0, host: apiHost },
    plan: {},
    edgeFunction: {},
    analyticsNextEnabled: true,
  }
}

const rudderConfig = (writeKey: string) => ({
  source: {
    id: "tellonce",
    name: "tellonce",
    writeKey,
    enabled: true,
    workspaceId: "tellonce",
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    connections: [],
    destinations: [],
    dataplanes: {},
  },
})
