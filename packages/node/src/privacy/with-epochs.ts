import type { Identity } from "@tellonce/core"
import type { Tokens } from "../tokens.ts"

/** Tokens whose every page's token carries the epoch of today: it is welcome until the next erasure. */
export const withEpochs = (tokens: Tokens, epochOf: (identity: Identity) => Promise<number>): Tokens => ({
  ...tokens,
  issue: async (grant) =>
    tokens.issue(grant.kind === "agent" ? grant : { ...grant, epoch: await epochOf(grant.identity) }),
})
