import type { StoredVisitor, VisitorStore } from "../kept/visitor-store.ts"
import type { Failure } from "../transport/answer.ts"

/** Who this browser is until someone signs in; opened at the first use and remembered. */
export interface Visitor {
  token(): Promise<Granted>
  /** Who this browser was before this page, if that is on the disk; from then on the token is known. */
  recall(): Promise<StoredVisitor | undefined>
  /** The token, if it is known already: a page that is going away cannot wait. */
  known(): string | undefined
  /** A new visitor in place of one whose token is refused. Once: a second refusal is not the token's fault. */
  renew(refused: string): boolean
  /** What is known of the visitor, for the next page that has no network. */
  remember(context: unknown): void
  /** This browser is nobody again. Resolves when the disk knows; `shared`: another tab sees to that. */
  forget(options?: { readonly shared: boolean }): Promise<void>
}

export type Granted = { readonly ok: true; readonly token: string } | Failure

export type OpenedVisitor = { readonly ok: true; readonly visitor: StoredVisitor } | Failure

export interface VisitorOptions {
  /** Asks the service for a new visitor. */
  readonly openVisitor: () => Promise<OpenedVisitor>
  readonly store: VisitorStore
  /** This browser is about to become another visitor. */
  readonly onRenew: () => void
}

export const createVisitor = ({ openVisitor, store, onRenew }: VisitorOptions): Visitor => {
  let current: StoredVisitor | undefined
  let renewed = false
  let opening: Promise<Granted> | undefined
  let forgetting = Promise.resolve()
  /** Tokens that are not to be used again, were they still on the disk. */
  const dead = new Set<string | undefined>()
  let life = 0

  const recall = async (): Promise<StoredVisitor | undefined> => {
    const began = life
    await forgetting
    const stored = await store.read()
    if (!stored || life !== began || dead.has(stored.token)) return undefined
    current = stored
    return stored
  }
  const open = async (): Promise<Granted> => {
    const began = life
    let visitor = await recall()
    if (!visitor) {
      const opened = await openVisitor()
      if (!opened.ok) return opened
      // Another tab may have been quicker: two tabs of one browser are one visitor.
      visitor = (await recall()) ?? opened.visitor
      if (life === began && visitor !== current) await store.write(visitor)
    }
    if (life !== began) return open()
    current = visitor
    return { ok: true, token: visitor.token }
  }
  const drop = () => {
    dead.add(current?.token)
    current = undefined
    life++
  }
  return {
    async token() {
      if (current) return { ok: true, token: current.token }
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
    recall,
    known: () => current?.token,
    renew(refused) {
      if (current?.token !== refused) return true
      if (renewed) return false
      renewed = true
      drop()
      onRenew()
      return true
    },
    remember(context) {
      if (current) void store.write({ ...current, context })
    },
    forget({ shared } = { shared: false }) {
      drop()
      renewed = false
      if (!shared) forgetting = store.write(undefined)
      return forgetting
    },
  }
}
