import { TellonceError } from "@tellonce/core"
import type { Failure } from "./service.ts"

/** Reports what is wrong once, however many parts of the client run into it and however often. */
export interface Outages {
  begin(part: object, failure: Failure): void
  end(part: object): void
}

export const createOutages = (report: (error: TellonceError) => void): Outages => {
  const sufferers = new Map<string, Set<object>>()
  return {
    begin(part, { code, message, cause, quiet }) {
      if (quiet) return
      const known = sufferers.get(code)
      if (known === undefined) report(new TellonceError(code, message, { cause }))
      sufferers.set(code, (known ?? new Set()).add(part))
    },
    end(part) {
      for (const [code, parts] of sufferers) {
        parts.delete(part)
        if (parts.size === 0) sufferers.delete(code)
      }
    },
  }
}
