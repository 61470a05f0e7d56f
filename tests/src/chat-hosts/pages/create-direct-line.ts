type Observer<Value> = { next?(value: Value): void; complete?(): void } | ((value: Value) => void)

interface Activity {
  readonly type: string
  readonly text?: string
  readonly from?: object
  readonly channelData?: object
}

/** The observable side of a Direct Line connection, as far as Web Chat uses it. Late subscribers get what came last. */
const createSubject = <Value>(first?: Value) => {
  const observers = new Set<Observer<Value>>()
  let last = first
  return {
    next: (value: Value) => {
      last = value
      for (const observer of observers) tell(observer, value)
    },
    observable: {
      subscribe: (observer: Observer<Value>) => {
        observers.add(observer)
        if (last !== undefined) tell(observer, last)
        return { unsubscribe: () => observers.delete(observer) }
      },
    },
  }
}

const tell = <Value>(observer: Observer<Value>, value: Value) =>
  typeof observer === "function" ? observer(value) : observer.next?.(value)

/** A bot in the page: it echoes what is posted, as Direct Line does, and says what it is told to say. */
export const createDirectLine = () => {
  const status = createSubject<number>(0)
  const activities = createSubject<object>()
  const posted: Activity[] = []
  let ids = 0
  const say = (activity: Activity) =>
    activities.next({
      id: `activity-${++ids}`,
      timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, ids)).toISOString(),
      conversation: { id: "c1" },
      channelId: "directline",
      ...activity,
    })
  const directLine = {
    activity$: activities.observable,
    connectionStatus$: status.observable,
    getSessionId: () => undefined,
    referenceGrammarId: undefined,
    end: () => {},
    postActivity: (activity: Activity) => {
      posted.push(activity)
      return {
        subscribe: (observer: Observer<string>) => {
          setTimeout(() => {
            say(activity)
            tell(observer, `activity-${ids}`)
            if (typeof observer !== "function") observer.complete?.()
          })
          return { unsubscribe: () => {} }
        },
      }
    },
  }
  setTimeout(() => {
    status.next(1)
    status.next(2)
  })
  return {
    directLine,
    say: (text: string) => say({ type: "message", text, from: { id: "bot", role: "bot" } }),
    posted: () => posted.filter(({ type }) => type === "message"),
  }
}
