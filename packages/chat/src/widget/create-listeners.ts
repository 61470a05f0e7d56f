import type { ChatHostEvent, Unsubscribe } from "@tellonce/core"

export type Emit = (event: ChatHostEvent) => void

export interface Listeners {
  /** Tells all of them. What one throws goes to `onError`; the others, and the widget, go on. */
  readonly emit: Emit
  add(listener: Emit): Unsubscribe
  isEmpty(): boolean
}

export const createListeners = (onError: (error: unknown) => void): Listeners => {
  const listeners = new Set<{ readonly emit: Emit }>()
  return {
    emit: (event) => {
      for (const listener of [...listeners]) {
        try {
          listener.emit(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    add: (emit) => {
      // The same function may listen twice.
      const listener = { emit }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isEmpty: () => listeners.size === 0,
  }
}
