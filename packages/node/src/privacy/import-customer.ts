import {
  type Addressed,
  authorities,
  decodeContext,
  encodeContext,
  joinContexts,
  parseIdentityKey,
  type Signal,
  SignalSchema,
} from "@tellonce/core"
import * as z from "zod"
import { canonicalHash } from "../canonical-hash.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { checkShape } from "../input-gate.ts"
import type { Principal } from "../principal.ts"
import type { Service } from "../service.ts"
import { contextOf, toDocument } from "../stored-context.ts"
import type { ExportLine } from "./export-lines.ts"
import type { Reaffirm } from "./reaffirm.ts"
import { watchErasures } from "./watch-erasures.ts"

export interface Imported {
  readonly signals: number
  /** Signals that were there already. */
  readonly duplicates: number
  /** Of the customer as they are known now. */
  readonly hash: string
  /** The hash is the one the export ended with: nothing was lost, and nothing else was known here. */
  readonly same: boolean
}

export interface ImportOptions {
  readonly service: Pick<Service, "definition" | "store" | "clock" | "customer" | "privacy" | "audit">
  readonly principal: Principal
  readonly reaffirm?: Reaffirm | undefined
}

const batch = 500

/** Takes an export in, joined with whatever is known here. What came before a refusal is kept: send the whole file again. */
export const importCustomer = async (lines: AsyncIterable<string>, options: ImportOptions): Promise<Imported> => {
  const taking = await startImport(lines, options)
  const sweepLate = async () => {
    if (await taking.watch.sweepLate()) throw erased()
  }
  // By what is known here even where it cannot be learned what another node has erased.
  return takeLines(taking, options).finally(() => options.service.privacy.learn().finally(sweepLate))
}

const takeLines = async (
  taking: Awaited<ReturnType<typeof startImport>>,
  { service, principal }: ImportOptions,
): Promise<Imported> => {
  const [first = ""] = taking.keys
  let summary: Extract<ExportLine, { type: "summary" }> | undefined
  const waiting: Addressed[] = []
  const counts = { signals: 0, duplicates: 0 }
  const flush = async () => {
    const added = waiting.splice(0)
    if (added.length === 0) return
    const act = { principal, action: "import", subject: parseIdentityKey(first), others: [...taking.keys] }
    const note = service.audit.noteOf({ ...act, outcome: "allowed", detail: { signals: added.length } })
    const { logged } = await service.store.update(added, (stored) => toDocument(service.definition, stored), [note])
    counts.signals += added.length
    counts.duplicates += logged.filter(({ duplicateOf }) => duplicateOf !== undefined).length
  }
  for await (const text of taking.rest) {
    const line = parseLine(text, taking.keys)
    if (line.type === "signal") waiting.push({ key: line.key, signal: line.signal, received: line.received })
    if (line.type === "context") await joinStored(service, line.key, line.context)
    if (line.type === "summary") summary = line
    if (waiting.length >= batch) await flush()
  }
  await flush()
  if (summary === undefined)
    throw refused("import/cut_off", "The file has no summary, so it was cut off. Export it again.")
  const subject = parseIdentityKey(first)
  await service.audit.note({
    principal,
    action: "import",
    subject,
    others: [...taking.keys],
    outcome: "allowed",
    detail: counts,
  })
  const { context } = await service.customer(subject)
  const hash = canonicalHash(context)
  return { ...counts, hash, same: hash === summary.hash }
}

/** Reads the first line: whose export it is, and whether they may come back. */
const startImport = async (lines: AsyncIterable<string>, { service, principal, reaffirm }: ImportOptions) => {
  const rest = lines[Symbol.asyncIterator]()
  const first = await rest.next()
  const head = first.done === true ? undefined : (parseJson(first.value) as Extract<ExportLine, { type: "export" }>)
  if (head?.type !== "export" || head.format !== "tellonce.export/1" || !isKeys(head.identities)) {
    throw refused(
      "import/format",
      'This is no export: its first line is not of type "export". Send the file as it was exported.',
    )
  }
  const { name } = service.definition
  if (head.definition.name !== name) {
    throw refused(
      "import/stranger",
      `This is an export of another definition than "${name}". Import it where that one is served.`,
    )
  }
  const watch = await watchErasures({ ...service, ledger: service.privacy.ledger }, head.identities, principal)
  if ([...watch.before.values()].some((epoch) => epoch > 0)) {
    if (reaffirm === undefined) throw erased()
    const [key = ""] = head.identities
    const act = { principal, action: "reaffirm", subject: parseIdentityKey(key), outcome: "allowed" } as const
    await service.audit.note({ ...act, detail: { ...reaffirm } })
  }
  return { watch, keys: new Set(head.identities), rest: { [Symbol.asyncIterator]: () => rest } }
}

const parseLine = (text: string, keys: ReadonlySet<string>): ExportLine => {
  const line = parseJson(text) as ExportLine
  if (line.type !== "signal" && line.type !== "context") return line
  if (!keys.has(line.key))
    throw refused("import/foreign", "A line is of an identity that the first line does not name. Export it again.")
  if (line.type === "context") {
    if (!ContextBody.safeParse(line.context).success)
      throw refused("import/context", "A line is not a context as it was exported.")
    return line
  }
  const parsed = checkShape(line.signal).ok ? SignalSchema.safeParse(line.signal) : undefined
  if (!parsed?.success || !Number.isSafeInteger(line.received))
    throw refused("import/signal", "A line is not a signal as it was exported.")
  return { ...line, signal: parsed.data as Signal }
}

/** What every reading relies on. A value is as its field once admitted it. */
const ContextBody = z.object({
  name: z.string(),
  version: z.int(),
  fields: z.record(
    z.string(),
    z.array(
      z.object({
        id: z.string(),
        at: z.int(),
        authority: z.enum(authorities),
        channel: z.string(),
        source: z.string(),
      }),
    ),
  ),
})

const parseJson = (text: string): unknown => {
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value === "object" && value !== null) return value
  } catch {}
  throw refused("import/not_json", "A line is not a JSON object. Send the file as it was exported.")
}

const isKeys = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((key) => /^[a-z][a-z0-9._-]{0,31}:./.test(String(key)))

const joinStored = (
  { definition, store }: Pick<Service, "definition" | "store">,
  key: string,
  exported: unknown,
): Promise<void> => {
  const theirs = decodeContext(definition, JSON.stringify(exported))
  return store.sweep([key], {
    context: (stored) => encodeContext(joinContexts(contextOf(definition, stored), theirs)),
    signal: ({ signal }) => signal,
  })
}

const erased = () =>
  new HttpProblem(
    409,
    "import/erased",
    'This customer was erased at their wish. If they are back, import them with "?reaffirm=" and the reason.',
  )

const refused = (code: string, message: string) => new HttpProblem(400, code, message)
