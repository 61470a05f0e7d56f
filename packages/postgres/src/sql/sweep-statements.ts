const places = "unnest($1::text[], $2::int[], $3::text[])"
const touched = "bucket = ANY ($2::int[])"
const now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
const signals = "unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::text[])"

/** What removes and rewrites. */
export const sweepStatements = {
  lock: `SELECT c.tenant, c.identity AS name FROM tellonce.context c
    JOIN ${places} AS k (tenant, bucket, identity) USING (tenant, bucket, identity)
    WHERE c.${touched} ORDER BY c.tenant, c.bucket, c.identity FOR UPDATE OF c`,
  removeSignals: `DELETE FROM tellonce.signal g USING ${signals} AS k (tenant, bucket, identity, seq, body)
    WHERE g.${touched} AND g.tenant = k.tenant AND g.bucket = k.bucket AND g.identity = k.identity AND g.seq = k.seq AND k.body IS NULL`,
  rewriteSignals: `UPDATE tellonce.signal g SET body = k.body FROM ${signals} AS k (tenant, bucket, identity, seq, body)
    WHERE g.${touched} AND g.tenant = k.tenant AND g.bucket = k.bucket AND g.identity = k.identity AND g.seq = k.seq AND k.body IS NOT NULL`,
  markSwept: `UPDATE tellonce.seen s SET swept = true
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[]) AS k (tenant, bucket, identity, source, id)
    WHERE s.${touched} AND s.tenant = k.tenant AND s.bucket = k.bucket AND s.identity = k.identity AND s.source = k.source AND s.id = k.id`,
  forget: `DELETE FROM tellonce.seen s USING ${places} AS k (tenant, bucket, identity)
    WHERE s.${touched} AND s.tenant = k.tenant AND s.bucket = k.bucket AND s.identity = k.identity`,
  /** Without a document what the log still holds counts anew. */
  rewriteContexts: `UPDATE tellonce.context c SET document = k.document, folded = CASE WHEN k.document IS NULL THEN 0 ELSE c.seq END,
      behind = CASE WHEN k.document IS NULL THEN c.behind ELSE 0 END
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) AS k (tenant, bucket, identity, document)
    WHERE c.${touched} AND c.tenant = k.tenant AND c.bucket = k.bucket AND c.identity = k.identity`,
  removeContexts: `DELETE FROM tellonce.context c USING ${places} AS k (tenant, bucket, identity)
    WHERE c.${touched} AND c.tenant = k.tenant AND c.bucket = k.bucket AND c.identity = k.identity AND c.document IS NULL
      AND NOT EXISTS (SELECT FROM tellonce.signal g WHERE g.${touched} AND g.tenant = k.tenant AND g.bucket = k.bucket AND g.identity = k.identity)`,
  /** The outbox is kept by receiver: what is outgoing under a key, which holds its tenant, is found by an index of its own. */
  forgetOutgoing: `DELETE FROM tellonce.outbox WHERE key = ANY ($1::text[])`,
  /** Other nodes are told of it, and find it here if they were not. No name: a keyed digest. */
  tell: `INSERT INTO tellonce.swept AS s (tenant, bucket, digest, seq)
    SELECT k.*, ${now} FROM ${places} AS k (tenant, bucket, digest) ORDER BY 1, 2, 3
    ON CONFLICT (tenant, bucket, digest) DO UPDATE SET seq = excluded.seq`,
  findSwept: `SELECT s.tenant, s.digest, s.seq FROM tellonce.swept s JOIN ${places} AS k (tenant, bucket, digest)
    USING (tenant, bucket, digest) WHERE s.seq > $4`,
  pruneSwept: `DELETE FROM tellonce.swept WHERE seq < ${now} - 3600000000`,
  /** One range of buckets at a time, and of it a bounded number. */
  pruneSeen: `WITH gone AS (
      DELETE FROM tellonce.seen s USING (
        SELECT tenant, bucket, identity, source, id FROM tellonce.seen
        WHERE bucket >= $1 AND bucket < $2 AND received < $3 LIMIT 5000
      ) k WHERE s.tenant = k.tenant AND s.bucket = k.bucket AND s.identity = k.identity AND s.source = k.source AND s.id = k.id
        AND s.bucket >= $1 AND s.bucket < $2
      RETURNING 1
    ) SELECT count(*) AS count FROM gone`,
  pruneOnce: "DELETE FROM tellonce.once WHERE until < $1",
  pruneOutbox: "DELETE FROM tellonce.outbox WHERE at < $1",
} as const
