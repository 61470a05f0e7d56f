type Observer<Value> = { next?(value: Value): void; complete?(): void } | ((value: Value) => void)

interface Activity {
  readonly type: string
  readonly text?: string
}

/** The observable side of a Direct Line connection, as far as Web Chat uses it. Late subscribers get all that came before. */
const createSubject = <Value>() => {
  const observers = new Set<Observer<Value>>()
  const past: Value[] = []
  return {
    next(value: Value) {
      past.push(value)
      for (const observer of observers) tell(observer, value)
    },
    observable: {
      subscribe(observer: Observer<Value>) {
        observers.add(observer)
        for (const value of past) tell(observer, value)
        return { unsubscribe: () => observers.delete(observer) }
      },
    },
  }
}

const tell = <Value>(observer: Observer<Value>, value: Value) =>
  typeof observer === "function" ? observer(value) : observer.next?.(value)

/** Stands where Microsoft's Direct Line stands: what is posted comes back as an echo, and then the shop's bot answers. */
export const createDirectLine = (answer: () => Promise<string>) => {
  const status = createSubject<number>()
  const activities = createSubject<object>()
  let ids = 0
  const tellActivity = (activity: object) => {
    const id = `activity-${++ids}`
    const frame = { id, timestamp: new Date().toISOString(), conversation: { id: "shop" }, channelId: "directline" }
    activities.next({ ...frame, ...activity })
    return id
  }
  const say = (text: string) => void tellActivity({ type: "message", text, from: { id: "bot", role: "bot" } })
  const post = async (activity: Activity, observer: Observer<string>) => {
    const id = tellActivity(activity)
    tell(observer, id)
    if (typeof observer !== "function") observer.complete?.()
    if (activity.type === "message") say(await answer().catch(() => "The shop did not answer. Try again."))
  }
  const directLine = {
    activity$: activities.observable,
    connectionStatus$: status.observable,
    getSessionId: () => undefined,
    referenceGrammarId: undefined,
    end: () => {},
    postActivity: (activity: Activity) => ({
      subscribe(observer: Observer<string>) {
        setTimeout(() => void post(activity, observer))
        return { unsubscribe: () => {} }
      },
    }),
  }
  // Connecting, then connected, as Web Chat expects to see it.
  for (const now of [0, 1, 2]) status.next(now)
  return { directLine, say }
}
