import type { PanelService } from "@tellonce/crm"
import { createPanelService } from "@tellonce/crm"
import { type Agent, agentActions } from "@tellonce/node"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { deskOf, type ServiceUnderTest, said, shop, startService } from "../service-under-test.ts"

const ada = { kind: "email", value: "ada@example.com" }
/** With no more than `docs/sidebars.md` names. */
const atPanel = (id: string): Agent => ({
  ...deskOf(id),
  actions: ["read", "write", "take", "hold", "release", "tell"],
})
const narrow = {
  ...deskOf("narrow"),
  reads: ["intent"],
  writes: [],
  actions: agentActions.filter((one) => one !== "hold"),
}

let service: ServiceUnderTest
let opened: PanelService<typeof shop.fields>[]
beforeEach(async () => {
  service = await startService({ access: { agents: [atPanel("desk-1"), atPanel("desk-2"), narrow] } })
  opened = []
})
afterEach(async () => {
  for (const panel of opened) panel.close()
  await service.close()
})

type Options = Partial<Parameters<typeof createPanelService<typeof shop.fields>>[0]>

const open = async ({ agent = "desk-1", ...more }: Options = {}) => {
  const { token } = await service.tellonce.issueToken({ kind: "agent", agent })
  const panel = createPanelService({ definition: shop, url: service.url, token, agent, identity: ada, ...more })
  opened.push(panel)
  return panel
}
/** The service does what it is told, and its first answer to an act never comes. */
const losing = () => {
  let isLost = false
  const send: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (isLost || init?.method !== "POST") return response
    isLost = true
    await response.text()
    throw new TypeError("lost on purpose")
  }
  return send
}
const tell = (rest: object) => service.call("/v1/signals", { body: { signals: [said(rest)] } })

describe("a panel on the service", () => {
  it("shows what is known, and what is said from then on", async () => {
    await tell({ facts: { orderNumber: "A-1042" } })
    const panel = await open()
    let told = 0
    const stop = panel.subscribe(() => {
      told += 1
    })
    await expect.poll(() => panel.view().orderNumber.value).toBe("A-1042")
    expect(panel.connection()).toBe("live")
    await tell({ facts: { intent: "return" } })
    await expect.poll(() => panel.view().intent.value).toBe("return")
    const until = told
    stop()
    await tell({ facts: { intent: "browse" } })
    await expect.poll(() => panel.view().intent.value).toBe("browse")
    expect(told).toBe(until)
  })

  it("says what this agent may not read, rather than that it is not known", async () => {
    await tell({ facts: { orderNumber: "A-1042", intent: "return" } })
    const panel = await open({ agent: "narrow" })
    await expect.poll(() => panel.view().orderNumber.state).toBe("withheld")
    expect(panel.view().intent.value).toBe("return")
  })

  it("says so also where that could not be learned at first", async () => {
    await tell({ facts: { orderNumber: "A-1042", intent: "return" } })
    const errors: unknown[] = []
    let asked = 0
    const failing: typeof fetch = async (input, init) => {
      if (String(input).includes("/context?") && asked++ === 0) throw new TypeError("lost on purpose")
      return fetch(input, init)
    }
    const panel = await open({ agent: "narrow", fetch: failing, onError: (error) => errors.push(error) })
    await expect.poll(() => panel.view().orderNumber.state, { timeout: 5_000 }).toBe("withheld")
    expect(errors).toMatchObject([{ code: "service/unreachable" }])
    expect(panel.view().intent.value).toBe("return")
  })

  it("a listener that throws is told to onError, and the others hear", async () => {
    const errors: unknown[] = []
    const panel = await open({ onError: (error) => errors.push(error) })
    panel.subscribe(() => {
      throw new Error("on purpose")
    })
    let told = 0
    panel.subscribe(() => {
      told += 1
    })
    await tell({ facts: { intent: "return" } })
    await expect.poll(() => panel.view().intent.value).toBe("return")
    expect([errors.length > 0, told > 0]).toEqual([true, true])
  })

  it("an onError that throws costs neither the feed nor the other listeners anything", async () => {
    let asked = 0
    const panel = await open({
      token: async () => {
        if (asked++ > 0) return (await service.tellonce.issueToken({ kind: "agent", agent: "desk-1" })).token
        throw new Error("on purpose")
      },
      onError: () => {
        throw new Error("on purpose")
      },
    })
    panel.subscribe(() => {
      throw new Error("on purpose")
    })
    let told = 0
    panel.subscribe(() => {
      told += 1
    })
    await tell({ facts: { intent: "return" } })
    await expect.poll(() => panel.view().intent.value, { timeout: 5_000 }).toBe("return")
    expect(told).toBeGreaterThan(0)
  })

  it("a refused token is asked for anew, once for each refusal", async () => {
    const { token } = await service.tellonce.issueToken({ kind: "agent", agent: "desk-1" })
    const tokens = ["ended", token]
    let asked = 0
    const panel = await open({ token: () => tokens[asked++] ?? token })
    await expect.poll(() => panel.connection()).toBe("live")
    expect(asked).toBe(2)
  })

  it("cut off, it says so, comes back where it was and misses nothing", async () => {
    await tell({ facts: { orderNumber: "A-1042" } })
    let cut = () => {}
    const ids: (string | null)[] = []
    const cutting: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (!String(input).includes("/stream")) return response
      ids.push(new Headers(init?.headers).get("last-event-id"))
      const body = response.body?.pipeThrough(new TransformStream())
      const reader = body?.getReader()
      return new Response(
        new ReadableStream({
          start: (controller) => {
            cut = () => controller.error(new Error("cut on purpose"))
          },
          async pull(controller) {
            const next = await reader?.read()
            if (next?.value) controller.enqueue(next.value)
          },
        }),
      )
    }
    let wake = () => {}
    const seen: string[] = []
    const panel = await open({
      fetch: cutting,
      sleep: (time, signal) =>
        new Promise((slept) => {
          signal.addEventListener("abort", () => slept())
          if (time < 40_000) wake = slept
        }),
    })
    panel.subscribe(() => seen.push(panel.connection()))
    await expect.poll(() => panel.view().orderNumber.value).toBe("A-1042")
    cut()
    await expect.poll(() => panel.connection()).toBe("offline")
    expect(panel.view().orderNumber.value).toBe("A-1042")
    await tell({ facts: { intent: "return" } })
    wake()
    await expect.poll(() => panel.view().intent.value).toBe("return")
    expect(ids).toEqual([null, expect.stringMatching(/^\d+$/)])
    expect(seen).toContain("connecting")
  })

  it("closed, it opens nothing more", async () => {
    let requests = 0
    const counting: typeof fetch = (input, init) => {
      requests += 1
      return fetch(input, init)
    }
    const panel = await open({ fetch: counting })
    await expect.poll(() => panel.connection()).toBe("live")
    await expect.poll(() => requests).toBe(2)
    panel.close()
    await tell({ facts: { intent: "return" } })
    expect([requests, panel.view().intent.value]).toEqual([2, undefined])
  })
})

describe("the agent's acts, on the service", () => {
  const handOff = async (to: string) => {
    const { body } = await service.call("/v1/handoffs", { body: { identity: ada, to, reason: "Torn shoe" } })
    return body.handoff as string
  }

  it("a correction is stated in the agent's voice and outlives what the customer said", async () => {
    await tell({ facts: { orderNumber: "A-1042" } })
    const panel = await open()
    await panel.correct("orderNumber", "A-1043", undefined)
    const { body } = await service.call("/v1/context?identity=email:ada@example.com")
    expect(body.view.orderNumber).toMatchObject({ value: "A-1043", authority: "agent", channel: "crm" })
    await expect.poll(() => panel.view().orderNumber.value).toBe("A-1043")
  })

  it("a value that the field does not admit is refused in the service's words", async () => {
    const panel = await open()
    await expect(panel.correct("intent", "dance", undefined)).rejects.toMatchObject({
      code: expect.stringMatching(/^[a-z]+\/[a-z_]+$/),
      message: expect.stringContaining("intent"),
    })
  })

  it("a handoff is accepted by whom it is for, and by nobody else", async () => {
    const [theirs, ours] = [await handOff("desk-2"), await handOff("desk-1")]
    const panel = await open()
    await expect(panel.acceptHandoff(theirs)).rejects.toMatchObject({ code: "handoff/other_audience" })
    await panel.acceptHandoff(ours)
    await expect
      .poll(() => panel.view().$.handoffs.filter(({ name }) => name === "taken"))
      .toMatchObject([{ handoff: ours, speaker: "desk-1" }])
    await expect(panel.declineHandoff("no such handoff")).rejects.toMatchObject({ code: "handoff/unknown" })
  })

  it("a hold is placed and released", async () => {
    const panel = await open()
    await panel.hold({ action: "sendPromotion", reason: "A complaint is open.", until: Date.now() + 60_000.5 })
    await expect.poll(() => panel.view().$.holds.map(({ action }) => action)).toEqual(["sendPromotion"])
    const [held] = panel.view().$.holds
    expect(held).toMatchObject({ owner: "desk-1", authority: "agent" })
    await panel.release(held?.hold ?? "")
    await expect.poll(() => panel.view().$.holds).toEqual([])
  })

  describe("done again after the answer was lost, happens once", () => {
    it.each([
      ["with an end", 86_400_000],
      ["without one", undefined],
    ] as const)("a hold %s", async (_, time) => {
      const panel = await open({ fetch: losing() })
      const hold = () => {
        const until = time === undefined ? undefined : Date.now() + time
        return panel.hold({ action: "sendPromotion", reason: "A complaint is open.", until })
      }
      await expect(hold()).rejects.toMatchObject({ code: "service/unreachable" })
      await new Promise((later) => setTimeout(later, 5))
      await hold()
      await expect.poll(() => panel.view().$.holds.length).toBe(1)
      await hold()
      await expect.poll(() => panel.view().$.holds.length).toBe(2)
    })

    it("a telling", async () => {
      const panel = await open({ fetch: losing() })
      await expect(panel.told({ orderNumber: "A-1" })).rejects.toMatchObject({ code: "service/unreachable" })
      await panel.told({ orderNumber: "A-1" })
      await panel.told({ orderNumber: "A-2" })
      await expect.poll(() => panel.view().$.told.map(({ value }) => value.facts.orderNumber)).toEqual(["A-2", "A-1"])
    })

    it("a correction", async () => {
      const panel = await open({ fetch: losing() })
      await expect(panel.correct("viewed", "socks", undefined)).rejects.toMatchObject({ code: "service/unreachable" })
      await panel.correct("viewed", "socks", undefined)
      await panel.correct("viewed", "shoes", undefined)
      await expect.poll(() => panel.view().viewed.value).toEqual(["shoes", "socks"])
    })
  })

  describe("wished for anew, is another act though the answer to the first was lost", () => {
    const hold = (panel: PanelService<typeof shop.fields>) =>
      panel.hold({ action: "sendPromotion", reason: "A complaint is open." })

    it("a hold that was seen and released", async () => {
      const panel = await open({ fetch: losing() })
      await expect(hold(panel)).rejects.toMatchObject({ code: "service/unreachable" })
      await expect.poll(() => panel.view().$.holds.length).toBe(1)
      await panel.release(panel.view().$.holds[0]?.hold ?? "")
      await expect.poll(() => panel.view().$.holds.length).toBe(0)
      await hold(panel)
      await expect.poll(() => panel.view().$.holds.length).toBe(1)
    })

    it("a hold that somebody else has released since", async () => {
      let late = 0
      const panel = await open({ fetch: losing(), clock: () => Date.now() + late })
      const other = await open({ agent: "desk-2" })
      await expect(hold(panel)).rejects.toMatchObject({ code: "service/unreachable" })
      await expect.poll(() => other.view().$.holds.length).toBe(1)
      await other.release(other.view().$.holds[0]?.hold ?? "")
      await expect.poll(() => panel.view().$.holds.length).toBe(0)
      late = 180_000
      await hold(panel)
      await expect.poll(() => panel.view().$.holds.length).toBe(1)
    })

    it("a correction, after another of the same field", async () => {
      const panel = await open({ fetch: losing() })
      await expect(panel.correct("viewed", "socks", undefined)).rejects.toMatchObject({ code: "service/unreachable" })
      await panel.correct("viewed", "shoes", undefined)
      await panel.correct("viewed", "socks", undefined)
      await expect.poll(() => panel.view().viewed.value).toEqual(["socks", "shoes", "socks"])
    })

    it("a telling, after another of the same facts", async () => {
      const panel = await open({ fetch: losing() })
      await expect(panel.told({ orderNumber: "A-1" })).rejects.toMatchObject({ code: "service/unreachable" })
      await panel.told({ orderNumber: "A-2" })
      await panel.told({ orderNumber: "A-1" })
      await expect
        .poll(() => panel.view().$.told.map(({ value }) => value.facts.orderNumber))
        .toEqual(["A-1", "A-2", "A-1"])
    })
  })

  it("a service that does not answer, or not to the end, is waited for only so long", async () => {
    const stalled: typeof fetch = (_, init) =>
      new Promise((_, refuse) => init?.signal?.addEventListener("abort", () => refuse(init.signal?.reason)))
    const endless: typeof fetch = async (_, init) => {
      const body = new ReadableStream({
        start: (controller) => init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
      })
      return new Response(body)
    }
    for (const fetch of [stalled, endless]) {
      const panel = await open({ fetch, patience: 20 })
      await expect(panel.told({ orderNumber: "A-1" })).rejects.toMatchObject({ code: "service/unreachable" })
    }
  })

  it("what the agent has told is in the ledger", async () => {
    const panel = await open()
    await panel.told({ orderNumber: "A-1043" })
    await expect.poll(() => panel.view().$.told.map(({ value }) => value.facts)).toEqual([{ orderNumber: "A-1043" }])
  })

  it("an agent does no more than they are registered for", async () => {
    const panel = await open({ agent: "narrow" })
    await expect(panel.hold({ action: "x", reason: "y" })).rejects.toMatchObject({ code: "access/denied" })
    await expect(panel.correct("orderNumber", "A-1", undefined)).rejects.toMatchObject({ code: expect.any(String) })
    const { body } = await service.call("/v1/context?identity=email:ada@example.com")
    expect(body.view.orderNumber.state).toBe("unknown")
  })

  it("a service that cannot be reached is named so", async () => {
    const panel = await open({ url: "http://127.0.0.1:1" })
    await expect(panel.told({ intent: "return" })).rejects.toMatchObject({ code: "service/unreachable" })
    await expect.poll(() => panel.connection()).toBe("offline")
  })
})
