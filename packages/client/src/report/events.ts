import type { Unsubscribe } from "@tellonce/core"
import { EventEmitter } from "eventemitter3"

/** Typed events whose listeners cannot hurt each other or the one who emits. */
export interface Events<Payloads> {
  on<Name extends keyof Payloads & string>(event: Name, listener: (payload: Payloads[Name]) => void): Unsubscribe
  emit<Name extends keyof Payloads & string>(event: Name, payload: Payloads[Name]): void
  close(): void
}

/** `onThrown` gets what a listener throws, and the event it was listening to. */
export const createEvents = <Payloads>(onThrown: (thrown: unknown, event: string) => void): Events<Payloads> => {
  const emitter = new EventEmitter()
  return {
    on(event, listener) {
      const guarded = (payload: Payloads[typeof event]) => {
        try {
          listener(payload)
        } catch (thrown) {
          onThrown(thrown, event)
        }
      }
      emitter.on(event, guarded)
      return () => {
        emitter.off(event, guarded)
      }
    },
    emit(event, payload) {
      emitter.emit(event, payload)
    },
    close() {
      emitter.removeAllListeners()
    },
  }
}
