import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { launchChromium } from "../chromium.ts"
import { type ServedPage, servePage } from "../serve-page.ts"
import { type IngestUnderTest, segment, startIngest, writeKeys } from "./ingest-under-test.ts"

// Clients that wait before they try again, in a browser, on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 })
const patient = { timeout: 20_000 }

let browser: Browser
let pages: Record<"segment" | "rudder" | "jitsu", ServedPage>
let under: IngestUnderTest
const opened: Page[] = []

beforeAll(async () => {
  browser = await launchChromium()
  const serve = (name: string) => servePage({ entry: new URL(`./pages/${name}-page.ts`, import.meta.url), body: "" })
  pages = { segment: await serve("segment"), rudder: await serve("rudder"), jitsu: await serve("jitsu") }
}, 60_000)
afterAll(async () => {
  await browser?.close()
  for (const page of Object.values(pages ?? {})) await page.close()
})
beforeEach(async () => {
  under = await startIngest({ segment })
})
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close()
  await under.close()
})

/** A page of another origin than the service, in a browser of its own. Whom else it calls is noted. */
const open = async (client: keyof typeof pages, headers: Record<string, string> = {}) => {
  const context = await browser.newContext({ extraHTTPHeaders: headers })
  const page = await context.newPage()
  const strangers: string[] = []
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") strangers.push(request.url())
  })
  opened.push(page)
  await page.goto(pages[client].url)
  return { page, strangers }
}

const posts = () => under.seen.filter(({ method }) => method === "POST")
const arrived = (count: number) => expect.poll(() => posts().length, patient).toBeGreaterThanOrEqual(count)
/** Waits until just these events of one visitor are kept, whatever came first. */
const kept = (key: string, names: readonly string[]) =>
  expect.poll(async () => (await under.log(key)).map(({ event }) => event?.name).sort(), patient).toEqual(names)
const visitors = async (page: Page, read: () => string | null | undefined) => `anonymous:${await page.evaluate(read)}`

describe("@segment/analytics-next, unchanged but for the CDN", () => {
  const connect = (page: Page, settings: object = {}) =>
    page.evaluate(
      async ([url, writeKey, given]) => {
        await connectSegment({ writeKey: writeKey as string, cdnURL: url as string }, given as object)
      },
      [under.url, writeKeys.publishable, settings] as const,
    )
  const anonymousId = (page: Page) => visitors(page, () => analytics.user().anonymousId())

  it("fetches where to send to, and sends each call as text with its key, across origins", async () => {
    const { page, strangers } = await open("segment")
    await connect(page)
    await page.evaluate(async () => {
      await analytics.page()
      await analytics.track("Product Viewed", { name: "Kettle" })
      await analytics.track("Checkout Step Viewed", { step: 2 })
    })
    await arrived(3)
    const key = await anonymousId(page)
    const logged = await under.log(key)
    expect(logged.map(({ event }) => event?.name).sort()).toEqual(["checkout.step", "page", "product.viewed"])
    expect(logged.find(({ event }) => event?.name === "page")?.event).toMatchObject({ data: { path: "/" } })
    expect(logged.every(({ authority, channel }) => authority === "customer" && channel === "web")).toBe(true)
    expect((await under.tellonce.view({ kind: "anonymous", value: key.slice(10) })).viewed.value).toEqual(["Kettle"])
    expect(under.seen[0]).toMatchObject({
      method: "GET",
      path: `/v1/projects/${writeKeys.publishable}/settings`,
      status: 200,
    })
    expect(
      posts()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["/v1/p", "/v1/t", "/v1/t"])
    expect(posts()[0]?.headers.get("content-type")).toContain("text/plain")
    expect(under.seen.some(({ method, status }) => method === "OPTIONS" && status === 204)).toBe(true)
    expect(strangers).toEqual([])
  })

  it("its identify is a claim: shown as such, and nothing of the user is touched", async () => {
    const { page } = await open("segment")
    const victim = { kind: "user", value: "u1" }
    await under.tellonce.record([{ identity: victim, channel: "desk", source: "crm", facts: { fullName: "Ada" } }])
    await connect(page)
    await page.evaluate(async () => {
      await analytics.identify("u1", { name: "Mallory" })
      await analytics.track("Product Viewed", { name: "Kettle" })
      // In an identified session the client says alias(u1, u1), whatever it is asked for.
      await analytics.alias("u2")
    })
    await arrived(3)
    const key = await anonymousId(page)
    const visitor = { kind: "anonymous", value: key.slice(10) }
    expect((await under.tellonce.view(victim)).fullName).toMatchObject({ value: "Ada", authority: "record" })
    expect((await under.tellonce.view(victim)).viewed.value).toBeUndefined()
    expect((await under.tellonce.customer(visitor)).identities).toEqual([key])
    expect((await under.tellonce.view(visitor)).fullName).toMatchObject({ value: "Mallory", authority: "customer" })
    const claims = (await under.log(key)).flatMap(({ event }) => (event?.name === "linked" ? [event] : []))
    expect(claims).toContainEqual({ name: "linked", to: victim, proof: "claimed" })
    expect(await under.log("user:u1")).toHaveLength(1)
  })

  it("batches of its own making are read", async () => {
    const { page } = await open("segment")
    await connect(page, {
      integrations: { "Segment.io": { deliveryStrategy: { strategy: "batching", config: { size: 3, timeout: 50 } } } },
    })
    await page.evaluate(async () => {
      for (const name of ["One", "Two", "Three"]) analytics.track(name)
    })
    const key = await anonymousId(page)
    await kept(key, ["One", "Three", "Two"])
    expect(posts().every(({ path }) => path === "/v1/b")).toBe(true)
  })

  it("what a page has not sent when it is left comes by itself", async () => {
    const { page } = await open("segment")
    await connect(page, {
      integrations: {
        "Segment.io": { deliveryStrategy: { strategy: "batching", config: { size: 100, timeout: 60_000 } } },
      },
    })
    const key = await anonymousId(page)
    await page.evaluate(async () => {
      await analytics.track("Left")
    })
    expect(posts()).toEqual([])
    await page.goto("about:blank")
    await kept(key, ["Left"])
  })

  it("a failed send is tried again, and counts once", async () => {
    under.failNext(() => new Response(null, { status: 503, headers: { "access-control-allow-origin": "*" } }), 1)
    const { page } = await open("segment")
    await connect(page)
    await page.evaluate(async () => {
      await analytics.track("Tried")
    })
    const key = await anonymousId(page)
    await kept(key, ["Tried"])
    expect(posts().map(({ status }) => status)).toEqual([503, 200])
  })

  it("Global Privacy Control denies, and a consent banner's categories are choices", async () => {
    const { page } = await open("segment", { "sec-gpc": "1" })
    await connect(page)
    await page.evaluate(async () => {
      await analytics.track("One", {}, { context: { consent: { categoryPreferences: { Analytics: true } } } })
    })
    await arrived(1)
    const visitor = { kind: "anonymous", value: (await anonymousId(page)).slice(10) }
    expect((await under.tellonce.view(visitor)).consents.value).toEqual({ marketing: "denied", analytics: "granted" })
  })
})

describe("RudderStack in the browser, unchanged but for the data plane", () => {
  const connect = (page: Page, options: object = {}) =>
    page.evaluate(
      async ([url, writeKey, given]) => {
        await connectRudder(writeKey as string, url as string, given as object)
      },
      [under.url, writeKeys.publishable, options] as const,
    )
  const anonymousId = (page: Page) => visitors(page, () => rudder.getAnonymousId())

  it("gets its configuration, and its calls are kept", async () => {
    const { page, strangers } = await open("rudder")
    await connect(page)
    await page.evaluate(() => {
      rudder.track("Product Viewed", { name: "Kettle" })
      rudder.identify("u1", { name: "Ada" })
    })
    await arrived(2)
    const key = await anonymousId(page)
    await expect
      .poll(
        async () => (await under.tellonce.view({ kind: "anonymous", value: key.slice(10) })).fullName.value,
        patient,
      )
      .toBe("Ada")
    expect((await under.log(key)).map(({ event }) => event?.name)).toEqual(
      expect.arrayContaining(["product.viewed", "linked"]),
    )
    expect(await under.log("user:u1")).toEqual([])
    expect(under.seen.some(({ path, status }) => path.startsWith("/sourceConfig/") && status === 200)).toBe(true)
    expect(
      posts()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["/v1/identify", "/v1/track"])
    expect(strangers).toEqual([])
  })

  it("its beacons carry the key in the address and no header, and its batches come whole", async () => {
    const { page } = await open("rudder")
    await connect(page, { useBeacon: true, beaconQueueOptions: { maxItems: 2, flushQueueInterval: 100 } })
    await page.evaluate(() => {
      for (const name of ["One", "Two"]) rudder.track(name)
    })
    const key = await anonymousId(page)
    await kept(key, ["One", "Two"])
    expect(
      posts().every(
        ({ path, headers }) => path.startsWith("/beacon/v1/batch?writeKey=") && !headers.has("authorization"),
      ),
    ).toBe(true)
  })
})

describe("@jitsu/js in the browser, unchanged but for the host", () => {
  it("its calls are kept, its masked key notwithstanding", async () => {
    const { page, strangers } = await open("jitsu")
    await page.evaluate(
      async ([host, writeKey]) => {
        connectJitsu({ host: host as string, writeKey: writeKey as string })
        await jitsu.page({ name: "home" })
        await jitsu.track("Product Viewed", { name: "Kettle" })
        await jitsu.identify("u1", { name: "Ada" })
      },
      [under.url, `tellonce:${writeKeys.publishable}`] as const,
    )
    await arrived(3)
    const names = posts().map(({ path }) => path.replace(/\?.*/, ""))
    expect([...names].sort()).toEqual(["/api/s/identify", "/api/s/page", "/api/s/track"])
    expect(posts().every(({ status }) => status === 200)).toBe(true)
    const key = await visitors(page, () => jitsu.user().anonymousId)
    const view = await under.tellonce.view({ kind: "anonymous", value: key.slice(10) })
    expect(view.viewed.value).toEqual(["Kettle"])
    expect(view.fullName.value).toBe("Ada")
    expect(await under.log("user:u1")).toEqual([])
    expect(strangers).toEqual([])
  })
})
