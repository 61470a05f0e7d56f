import { applySignals, emptyContext, encodeContext, type Millis, type Signal } from "@tellonce/core"
import pg from "pg"
import { bucketOf } from "../../../packages/postgres/src/place/bucket-of.ts"
import { nodesContext } from "../../torture-nodes/nodes-context.ts"
import { signalOf } from "./measure-load.ts"

const perStatement = 5_000

/** Puts customers into the tables as if each had spoken once: a document, a row of the log, and what is known of duplicates. */
export const createFiller = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Rows as bulk loads write them: they are not what is measured.
  await client.query("SET synchronous_commit = off; SET tellonce.tenant = '='")
  let filled = 0
  const nameOf = (number: number) => `grown-${number}`
  return {
    nameOf,
    /** Answers how many there are when the time is over. */
    async fillTo(wanted: number, most: Millis): Promise<number> {
      const end = performance.now() + most
      while (filled < wanted && performance.now() < end) {
        const many = Math.min(perStatement, wanted - filled)
        await client.query(fill, columnsOf(Array.from({ length: many }, (_, index) => nameOf(filled + index))))
        filled += many
      }
      await client.query("ANALYZE tellonce.context")
      return filled
    },
    close: () => client.end(),
  }
}

const columnsOf = (names: readonly string[]) => {
  const signals = names.map(signalOf) as readonly Signal[]
  return [
    names.map((name) => bucketOf(`user:${name}`)),
    names.map((name) => `user:${name}`),
    signals.map(({ id }) => id),
    signals.map((signal) => JSON.stringify(signal)),
    signals.map((signal) => encodeContext(applySignals(emptyContext(nodesContext), [signal]))),
  ]
}

const fill = `
  WITH given AS MATERIALIZED (
    SELECT *, 1 AS seq, extract(epoch FROM now()) * 1000 AS received
    FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) AS g (bucket, identity, id, body, document)
  ), contexts AS (
    INSERT INTO tellonce.context (tenant, bucket, identity, seq, folded, document)
    SELECT '', bucket, identity, seq, seq, document FROM given
  ), logged AS (
    INSERT INTO tellonce.signal (tenant, bucket, identity, seq, received, body)
    SELECT '', bucket, identity, seq, received, body FROM given
  ) INSERT INTO tellonce.seen (tenant, bucket, identity, source, id, seq, received)
    SELECT '', bucket, identity, 'bench', id, seq, received FROM given`
