import type { catalog, lastOrder } from "../catalog.ts"

export interface ShopConfig {
  readonly key: string
  readonly catalog: typeof catalog
  readonly lastOrder: typeof lastOrder
}

const call = async <Answer>(path: string, init?: RequestInit): Promise<Answer> => {
  const response = await fetch(`/shop/${path}`, init)
  if (!response.ok) throw new Error(`the shop answered ${response.status}`)
  return (await response.json()) as Answer
}

/** The shop's own backend, as any shop has one. */
export const shopServer = {
  get: <Answer>(path: string, headers: Readonly<Record<string, string>> = {}) => call<Answer>(path, { headers }),
  post: <Answer>(path: string, body: object = {}, headers: Readonly<Record<string, string>> = {}) =>
    call<Answer>(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
}
