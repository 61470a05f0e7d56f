import type { Addressed, ServiceStore, Signal } from "@tellonce/core"

/** A plain signal for the laws of a store. */
export const signal = (id: string, rest: Partial<Signal> = {}): Signal => ({
  id,
  at: 1,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  ...rest,
})

export const to = (key: string, ...signals: readonly Signal[]): readonly Addressed[] =>
  signals.map((one) => ({ key, signal: one, received: 7 }))

/** Keeps the ids it was given, in order: enough to see what a store hands to `fold`, and when. */
export const appendIds: Parameters<ServiceStore["update"]>[1] = ({ encoded, tail }) =>
  [encoded ?? "", ...tail.map(({ id }) => id)].join("/")

/** The ids kept of these keys, each in order: in the document or in the tail, as the store likes. */
export const idsKept = async (
  store: Pick<ServiceStore, "read">,
  ...keys: readonly string[]
): Promise<readonly string[]> => (await store.read(keys)).map(appendIds)
