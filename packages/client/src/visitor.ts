import type { Identity } from "@tellonce/core"
import { type Failure, garbled, type Service } from "./service.ts"
import type { StoredVisitor, VisitorStore } from "./visitor-store.ts"

/** Who this browser is until someone signs in; opened at the first use and remembered. */
export interface Visitor {
  token(): Promise<Granted>
  /** The token, if it is known already: a page that is going away cannot wait. */
  known(): string | undefined
  /** A new visitor in place of one whose token is refused. Once: a second refusal is not the token's fault. */
  renew(refused: string): boolean
}

export type Granted = { readonly ok: true; readonly token: string } | Failure

export interface VisitorOptions {
  readonly key: string
  readonly service: Service
  readonly store: VisitorStore
  /** This browser is about to become another visitor. */
  readonly onRenew: () => void
}

export const createVisitor = ({ key, service, store, onRenew }: VisitorOptions): Visitor => {
  let current: StoredVisitor | undefined
  let renewedFrom: string | undefined
  let opening: Promise<Granted> | undefined

  const open = async (): Promise<Granted> => {
    const stored = await store.read()
    if (isUsable(stored, renewedFrom)) return grant(stored)
    const answer = await service.openVisitor(key)
    if (!answer.ok) return answer
    const fresh = parseVisitor(answer.body)
    if (fresh === undefined) return garbled(201)
    const meanwhile = await store.read()
    // Another tab was quicker: two tabs of one browser are one visitor.
    if (isUsable(meanwhile, renewedFrom)) return grant(meanwhile)
    await store.write(fresh)
    return grant(fresh)
  }
  const grant = (visitor: StoredVisitor): Granted => {
    current = visitor
    return { ok: true, token: visitor.token }
  }
  const token = async (): Promise<Granted> => {
    if (current) return { ok: true, token: current.token }
    opening ??= open().finally(() => {
      opening = undefined
    })
    return opening
  }
  return {
    token,
    known: () => current?.token,
    renew(refused) {
      if (current?.token !== refused) return true
      if (renewedFrom !== undefined) return false
      renewedFrom = refused
      current = undefined
      onRenew()
      return true
    },
  }
}

const isUsable = (stored: StoredVisitor | undefined, refused: string | undefined): stored is StoredVisitor =>
  stored !== undefined && stored.token !== refused

const parseVisitor = ({ identity, token }: Readonly<Record<string, unknown>>): StoredVisitor | undefined => {
  const { kind, value } = (identity ?? {}) as Partial<Identity>
  if (typeof kind !== "string" || typeof value !== "string" || typeof token !== "string") return undefined
  return { identity: { kind, value }, token }
}
