import {
  applySignals,
  type Context,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  type Fields,
  type Millis,
  type Signal,
  type View,
  view,
} from "@tellonce/core"

/** What this page knows of the customer: what the service has told, and on top what was said here and is not yet sent. */
export interface LocalContext<F extends Fields> {
  read(): Context<F>
  /** As it is now. Throws what a rule of the user throws. */
  view(): View<F>
  /** What the service has told, encoded, for other tabs and for the disk. */
  share(): unknown
  /** This was said here, and is now among the unsent. */
  hold(signal: Signal): void
  /** The unsent signals are others than they were. */
  refresh(): void
  /** The service has kept these; `now` is when it said so. */
  ack(signals: readonly Signal[], now: Millis): void
  add(signals: readonly Signal[]): void
  /** All that the service knows at `now`: what it does not hold is forgotten here too. */
  replace(encoded: unknown, now: Millis): void
  /** It is another customer now. */
  clear(): void
}

export interface LocalContextOptions<F extends Fields> {
  readonly context: ContextDefinition<F>
  readonly unsent: () => readonly Signal[]
  readonly now: () => Millis
  readonly onChange: () => void
}

export const createLocalContext = <F extends Fields>(options: LocalContextOptions<F>): LocalContext<F> => {
  const { context: definition, unsent, onChange } = options
  let told = emptyContext(definition)
  let shown = told
  /** Acknowledged, and perhaps later than a snapshot that is still under way. */
  let acks: readonly { readonly signals: readonly Signal[]; readonly now: Millis }[] = []

  const refresh = () => {
    const before = shown
    shown = applySignals(told, unsent())
    if (!isSame(before, shown)) onChange()
  }
  return {
    read: () => shown,
    view: () => view(shown, { now: options.now() }),
    share: () => encode(told),
    hold(signal) {
      const before = shown
      shown = applySignals(shown, [signal])
      if (shown !== before) onChange()
    },
    refresh,
    ack(signals, now) {
      acks = [...acks.filter((ack) => ack.now > now - longestWay), { signals, now }]
      told = applySignals(told, signals)
      refresh()
    },
    add(signals) {
      told = applySignals(told, signals)
      refresh()
    },
    replace(encoded, now) {
      const snapshot = decodeContext(definition, JSON.stringify(encoded))
      acks = acks.filter((ack) => ack.now > now)
      told = applySignals(
        snapshot,
        acks.flatMap(({ signals }) => signals),
      )
      refresh()
    },
    clear() {
      told = emptyContext(definition)
      acks = []
      refresh()
    },
  }
}

/** No snapshot is under way for longer. */
const longestWay: Millis = 60_000

/** The form that `decodeContext` reads, which need not be canonical here. */
const encode = ({ definition: { name, version, places }, entries }: Context): unknown => {
  const lists = places.map(({ name: field, index }) => [field, entries[index] ?? []] as const)
  return { name, version, fields: Object.fromEntries(lists.filter(([, list]) => list.length > 0)) }
}

/** Every entry is made with its members in one order, so equal entries have equal texts. */
const isSame = <F extends Fields>(a: Context<F>, b: Context<F>): boolean =>
  a === b || JSON.stringify(a.entries) === JSON.stringify(b.entries)
