/** One thing a rate counts over: an ask, a matter, a handoff. Where it happened, and how often what is measured happened to it. */
export interface Case {
  readonly count: number
  /** The name of its thread: the customer's matter. */
  readonly thread: string
  readonly channels: readonly string[]
  readonly agents: readonly string[]
  /** Owners of the holds in its matter. */
  readonly owners: readonly string[]
}

export interface Rate {
  readonly count: number
  readonly of: number
  /** Undefined where there was nothing to count over. */
  readonly rate: number | undefined
}

export const toRate = (cases: readonly Case[]): Rate => {
  const count = cases.reduce((sum, each) => sum + each.count, 0)
  return { count, of: cases.length, rate: cases.length === 0 ? undefined : count / cases.length }
}
