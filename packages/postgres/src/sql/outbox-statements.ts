/** The outbox and the single-use names. */
export const outboxStatements = {
  put: `INSERT INTO tellonce.outbox (tenant, bucket, receiver, id, place, at, body, key, due)
    SELECT tenant, bucket, receiver, id, (extract(epoch FROM statement_timestamp()) * 1000000)::bigint + place, at, body, key, at
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[])
      WITH ORDINALITY AS o (tenant, bucket, receiver, id, at, body, key, place)
    ORDER BY tenant, bucket, receiver, id ON CONFLICT DO NOTHING`,
  /** What another node is leasing at this moment is passed over, not waited for. */
  lease: `WITH due AS (
      SELECT id, due FROM tellonce.outbox WHERE tenant = $1 AND bucket = $2 AND receiver = $3 AND due <= $4
      ORDER BY due, place LIMIT $6 FOR UPDATE SKIP LOCKED
    ) UPDATE tellonce.outbox o SET due = $5, tries = o.tries + 1 FROM due
    WHERE o.tenant = $1 AND o.bucket = $2 AND o.receiver = $3 AND o.id = due.id
    RETURNING o.id, o.at, o.body, o.key, o.tries - 1 AS tries, o.place, due.due AS was`,
  remove: `DELETE FROM tellonce.outbox o USING unnest($1::text[], $2::int[], $3::text[], $4::text[]) AS k (tenant, bucket, receiver, id)
    WHERE o.tenant = k.tenant AND o.bucket = k.bucket AND o.receiver = k.receiver AND o.id = k.id`,
  postpone: `UPDATE tellonce.outbox o SET due = k.due
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::float8[]) AS k (tenant, bucket, receiver, id, due)
    WHERE o.tenant = k.tenant AND o.bucket = k.bucket AND o.receiver = k.receiver AND o.id = k.id`,
  /** A call that is made again, since nobody knows whether it was kept, finds its own claim. */
  claim: `INSERT INTO tellonce.once (tenant, bucket, name, until, claim) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
  holder: "SELECT claim FROM tellonce.once WHERE tenant = $1 AND bucket = $2 AND name = $3",
} as const
