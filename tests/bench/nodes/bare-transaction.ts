import { signalStatements as sql } from "../../../packages/postgres/src/sql/signal-statements.ts"
import { signalOf } from "./measure-load.ts"

export interface BareTransaction {
  /** Signals in it, each of another customer. */
  readonly size: number
  /** Characters of the document that a fold writes. */
  readonly document: number
}

/** Folds come once in so many signals of one identity. */
const longestTail = 32
const customers = 10_000

/** What the store sends to keep a group of signals, with all in it that a node would have brought: no HTTP, no check, no merge. */
export interface BareStatements {
  readonly keep: readonly string[]
  /** For some of the groups. */
  readonly fold: readonly string[]
  /** The share of groups that fold. */
  readonly chance: number
}

/** `begin` is a number, or a variable of pgbench: where in the customers the group begins. */
export const bareTransaction = ({ size, document }: BareTransaction, begin: string): BareStatements => {
  const places = placesOf(begin, size)
  const folded = placesOf(begin, Math.max(1, Math.round(size / longestTail)))
  const body = JSON.stringify(signalOf("bare-1234")).replaceAll("'", "")
  const rows = ["'bench'::text", "gen_random_uuid()::text", "extract(epoch FROM now()) * 1000", `'${body}'::text`]
  return {
    keep: [
      inline(sql.admit, places.map(arrayOf)),
      inline(sql.lock, places.map(arrayOf)),
      inline(sql.append, [...places, ...rows.map((what) => ({ what, many: size }))].map(arrayOf)),
    ],
    fold: [
      inline(sql.read, folded.map(arrayOf)),
      inline(
        sql.save,
        [
          ...folded,
          ...folded.slice(0, 1).map(({ many }) => ({ what: `repeat('x', ${Math.round(document)})`, many })),
        ].map(arrayOf),
      ),
    ],
    chance: Math.min(1, size / longestTail),
  }
}

/** What comes of `i` as it counts to `many`. */
interface Column {
  readonly what: string
  readonly many: number
}

const placesOf = (begin: string, many: number): readonly Column[] => {
  const number = `((${begin} + i) % ${customers})`
  return [
    { what: "''::text", many },
    // Any number that is spread over the buckets, and always the same for one customer.
    { what: `(${number} * 2654435761 % 4096)::int`, many },
    { what: `'user:bare-' || ${number}`, many },
  ]
}

const arrayOf = ({ what, many }: Column): string =>
  `(SELECT array_agg(${what} ORDER BY i) FROM generate_series(1, ${many}) i)`

const inline = (statement: string, values: readonly string[]): string =>
  statement.replace(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? "NULL").replace(/\s+/g, " ")
