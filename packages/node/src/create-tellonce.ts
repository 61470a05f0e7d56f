import {
  type AskAnswer,
  ask,
  type ContextDefinition,
  type Fields,
  type Identity,
  type Millis,
  type Signal,
  type Statement,
  type Store,
  TellonceError,
  type View,
  view,
} from "@tellonce/core"
import { v7 as uuid } from "uuid"
import { createFetch } from "./create-fetch.ts"
import { type IngestResult, ingest } from "./ingest.ts"
import { type ContextHandle, openContext } from "./open-context.ts"
import type { Keys, Principal } from "./principal.ts"
import { type Customer, readCustomer } from "./read-customer.ts"
import type { OwnStatement, Question } from "./service.ts"
import { createTokens, type IssuedToken, type TokenGrant, type TokenHolder } from "./tokens.ts"

export interface TellonceOptions<F extends Fields> {
  readonly context: ContextDefinition<F>
  readonly store: Store
  readonly keys: Keys
  /** Epoch milliseconds; `Date.now` unless told. */
  readonly clock?: () => Millis
  /** Told of every failure no caller hears of; writes to stderr unless told otherwise. */
  readonly onError?: (error: unknown) => void
}

/** The context service: one handler to mount, and the same things as methods for use in the process. */
export interface Tellonce<F extends Fields = Fields> {
  /** Mounts in Hono, Next, Bun and Deno as it is; in Express and Fastify through `toNodeListener`. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Keeps statements with the authority of the secret key. Resolves when they are on the disk. */
  record(statements: readonly OwnStatement[]): Promise<readonly IngestResult[]>
  /** States that two identities are one customer. Only for what you have proven. */
  link(identity: Identity, to: Identity, source: string): Promise<void>
  customer(identity: Identity): Promise<Customer<F>>
  view(identity: Identity, options?: { readonly matter?: string }): Promise<View<F>>
  ask(identity: Identity, question: Question<F>): Promise<Readonly<Record<string, AskAnswer>>>
  /** A live `ContextPort` on one customer; close it when done. */
  open(identity: Identity): Promise<ContextHandle<F>>
  issueToken(grant: TokenGrant): Promise<IssuedToken>
  /** Whose token this is; undefined for anything that is not a valid token of this service. */
  verifyToken(token: string): Promise<TokenHolder | undefined>
}

const inProcess: Principal = { kind: "secret" }

export const createTellonce = <F extends Fields>(options: TellonceOptions<F>): Tellonce<F> => {
  const { context: definition, store, keys, clock = Date.now, onError = writeError } = options
  checkKeys(keys)
  const tokens = createTokens({ secret: keys.secret, audience: definition.name, clock })
  const keep = (signals: readonly unknown[], principal: Principal) =>
    ingest(signals, { definition, store, principal, now: clock() })
  const customer = (identity: Identity, alone = false) => readCustomer(definition, store, identity, { alone })
  const record: Tellonce<F>["record"] = (statements) =>
    keep(
      statements.map((statement) => complete(statement, clock())),
      inProcess,
    )

  const answer = async (identity: Identity, question: Question, principal: Principal) => {
    const { fields, channel, source = "tellonce", matter, maxAge } = question
    const { context } = await customer(identity, principal.kind === "visitor")
    const answers = ask(context, fields, { now: clock(), matter, maxAge })
    const toAsk = fields.filter((field) => answers[field]?.answer !== "skip")
    if (toAsk.length > 0) {
      const authority = principal.kind === "agent" ? "agent" : "bot"
      await keep(
        [complete({ identity, authority, channel, source, matter, event: { name: "asked", fields: toAsk } }, clock())],
        principal,
      )
    }
    return answers
  }

  return {
    fetch: createFetch({ definition, store, keys, tokens, clock, onError, keep, customer, answer }),
    record,
    async link(identity, to, source) {
      const [result] = await record([
        {
          identity,
          authority: "record",
          channel: "identity",
          source,
          event: { name: "linked", to, proof: "verified" },
        },
      ])
      if (result?.status === "rejected") throw new TellonceError(result.code, result.message)
    },
    customer: (identity) => customer(identity),
    view: async (identity, { matter } = {}) => view((await customer(identity)).context, { now: clock(), matter }),
    ask: (identity, question) => answer(identity, question as unknown as Question, inProcess),
    open: (identity) =>
      openContext({ definition, store, clock, onError, identity, record, read: () => customer(identity) }),
    issueToken: tokens.issue,
    verifyToken: tokens.verify,
  }
}

/** A statement made in this process, with what it left out. */
const complete = (statement: Statement, now: Millis): Omit<Signal, "identity" | "source"> & Statement => ({
  ...statement,
  id: statement.id ?? uuid(),
  at: statement.at ?? now,
  authority: statement.authority ?? "record",
})

const checkKeys = ({ publishable, secret }: Keys) => {
  if (!/^pk_.{8,}/.test(publishable) || !/^sk_.{16,}/.test(secret)) {
    throw new TellonceError(
      "config/keys",
      'Give keys of your own: { publishable: "pk_…" (8 characters or more), secret: "sk_…" (16 or more, random) }.',
    )
  }
}

const writeError = (error: unknown) =>
  console.error("[tellonce]", error instanceof Error ? error.message : "unknown failure")
