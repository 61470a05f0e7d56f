export type Scalar = string | number | boolean

export interface AttributeLimits {
  /** How many attributes the vendor keeps. */
  readonly keys: number
  /** The most characters of a text. */
  readonly text: number
  /** The vendor's key for a field; undefined where it has none. */
  readonly toKey: (name: string) => string | undefined
  /** Does the vendor keep texts alone? Then numbers and booleans become texts. */
  readonly textOnly?: boolean | undefined
}

export interface Carried {
  /** Takes what has changed, and answers the vendor's own keys to write; null is to be removed. */
  change(attributes: Readonly<Record<string, Scalar | null>>): Readonly<Record<string, Scalar | null>>
  /** These keys were not written: they are with the next change. */
  owe(keys: readonly string[]): void
  /** All there is to write to a widget that knows nothing yet. */
  all(): Readonly<Record<string, Scalar>>
}

/** What a widget carries, within its vendor's limits: the first ones that fit, and the next in line when one leaves. */
export const createCarried = (limits: AttributeLimits, onLeftOut: (names: readonly string[]) => void): Carried => {
  const kept = new Map<string, Scalar>()
  const owed = new Set<string>()
  const carried = () => new Map([...kept].slice(0, limits.keys))
  return {
    change: (attributes) => {
      const before = carried()
      const leftOut: string[] = []
      const touched = new Set(owed)
      owed.clear()
      for (const [name, value] of Object.entries(attributes)) {
        const key = limits.toKey(name)
        if (key === undefined) {
          leftOut.push(name)
          continue
        }
        touched.add(key)
        if (value === null) kept.delete(key)
        else kept.set(key, fit(value, limits))
        if (value !== null && !carried().has(key)) leftOut.push(name)
      }
      if (leftOut.length > 0) onLeftOut(leftOut)
      const after = carried()
      const gone = [...before.keys(), ...touched].filter((key) => !kept.has(key))
      const written = [...after].filter(([key]) => touched.has(key) || !before.has(key))
      return Object.fromEntries([...gone.map((key) => [key, null] as const), ...written])
    },
    owe: (keys) => {
      for (const key of keys) owed.add(key)
    },
    all: () => Object.fromEntries(carried()),
  }
}

const fit = (value: Scalar, { text, textOnly = false }: AttributeLimits): Scalar =>
  typeof value === "string" || textOnly ? clip(String(value), text) : value

/** Cut between two characters, never inside of one. */
const clip = (value: string, most: number): string => {
  const cut = value.slice(0, most)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}
