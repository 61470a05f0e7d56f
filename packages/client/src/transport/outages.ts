import type { Failure } from "./answer.ts"

/** Reports what is wrong once, however many parts of the client run into it and however often. */
export interface Outages {
  begin(part: object, failure: Failure): void
  end(part: object): void
}

export interface OutagesOptions {
  readonly report: (failure: Pick<Failure, "code" | "message" | "cause">) => void
}

export const createOutages = ({ report }: OutagesOptions): Outages => {
  const sufferers = new Map<string, Set<object>>()
  return {
    begin(part, failure) {
      const { code, quiet } = failure
      if (quiet) return
      const known = sufferers.get(code)
      if (known === undefined) report(failure)
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
