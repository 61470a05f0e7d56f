import { canonical, type SidebarHost, type SidebarSubject, type Unsubscribe } from "@tellonce/core"

/**
 * `onChange` of a host: listens to it while anybody listens here and tells what is not what it told last: the subject that the host names, or
 * where it names none the one that is read anew. A slow reading never undoes a later one, and a listener that throws harms nobody else.
 */
export const createChanges = (options: {
  readonly start: (changed: (subject?: SidebarSubject | null) => void) => Unsubscribe
  readonly current: SidebarHost["current"]
}): SidebarHost["onChange"] => {
  const listeners = new Set<{ readonly tell: (subject: SidebarSubject | null) => void }>()
  let stop: Unsubscribe | undefined
  let told: string | undefined
  let reading = 0

  const changed = async (named?: SidebarSubject | null) => {
    reading += 1
    const mine = reading
    const subject = named === undefined ? await options.current() : named
    const seen = canonical(subject)
    if (mine !== reading || seen === told) return
    told = seen
    for (const entry of [...listeners]) if (listeners.has(entry)) tellSafely(entry.tell, subject)
  }
  return (listener) => {
    const entry = { tell: listener }
    listeners.add(entry)
    stop ??= options.start((subject) => void changed(subject))
    return () => {
      listeners.delete(entry)
      if (listeners.size > 0) return
      reading += 1
      told = undefined
      stop?.()
      stop = undefined
    }
  }
}

const tellSafely = (tell: (subject: SidebarSubject | null) => void, subject: SidebarSubject | null): void => {
  try {
    tell(subject)
  } catch (error) {
    // In a browser it stands in the console like any uncaught error; elsewhere there is nobody to tell.
    ;(globalThis as { reportError?: (error: unknown) => void }).reportError?.(error)
  }
}
