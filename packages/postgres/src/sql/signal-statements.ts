const places = "unnest($1::text[], $2::int[], $3::text[])"
/** Known before the plan is made, so that only the partitions that are touched are planned for. */
const touched = "bucket = ANY ($2::int[])"
/** Microseconds, by the clock of the database: all nodes number by it. */
const now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

/** What happens to contexts and the log. */
export const signalStatements = {
  /** Makes sure that there is a row to lock. */
  admit: `INSERT INTO tellonce.context (tenant, bucket, identity)
    SELECT * FROM ${places} AS k (tenant, bucket, identity) ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
  lock: `SELECT c.tenant, c.identity AS name, c.behind, c.document IS NOT NULL AS "isMade"
    FROM tellonce.context c JOIN ${places} AS k (tenant, bucket, identity) USING (tenant, bucket, identity)
    WHERE c.${touched} ORDER BY c.tenant, c.bucket, c.identity FOR UPDATE OF c`,
  /** Gives each signal its place, above all earlier ones of its identity, and leaves out those that came before. Under the lock alone. */
  append: `WITH base AS MATERIALIZED (
      SELECT greatest(${now}, coalesce(max(c.seq), 0)) AS seq
      FROM tellonce.context c JOIN ${places} AS k (tenant, bucket, identity) USING (tenant, bucket, identity)
      WHERE c.${touched}
    ), given AS MATERIALIZED (
      SELECT g.*, base.seq + g.place AS seq
      FROM base, unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::text[])
        WITH ORDINALITY AS g (tenant, bucket, identity, source, id, received, body, place)
    ), fresh AS (
      INSERT INTO tellonce.seen (tenant, bucket, identity, source, id, seq, received)
      SELECT tenant, bucket, identity, source, id, seq, received FROM given ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT DO NOTHING RETURNING tenant, bucket, identity, seq
    ), logged AS (
      INSERT INTO tellonce.signal (tenant, bucket, identity, seq, received, body)
      SELECT g.tenant, g.bucket, g.identity, g.seq, g.received, g.body FROM given g JOIN fresh USING (tenant, bucket, identity, seq)
    ), moved AS (
      UPDATE tellonce.context c SET seq = f.seq, behind = c.behind + f.count
      FROM (SELECT tenant, bucket, identity, max(seq) AS seq, count(*) AS count FROM fresh GROUP BY 1, 2, 3) f
      WHERE c.${touched} AND c.tenant = f.tenant AND c.bucket = f.bucket AND c.identity = f.identity
    ) SELECT fresh.seq, fresh.seq - base.seq AS place FROM fresh, base`,
  /** What is there already of these signals. */
  find: `SELECT k.place, s.seq, CASE WHEN NOT s.swept THEN g.body END AS body
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])
      WITH ORDINALITY AS k (tenant, bucket, identity, source, id, place)
    JOIN tellonce.seen s USING (tenant, bucket, identity, source, id)
    LEFT JOIN tellonce.signal g ON g.${touched} AND g.tenant = s.tenant AND g.bucket = s.bucket AND g.identity = s.identity AND g.seq = s.seq
    WHERE s.${touched}`,
  /** One statement, so that document and tail are of one moment. */
  read: `SELECT c.tenant, c.identity AS name, c.seq, c.document AS encoded, t.bodies
    FROM ${places} AS k (tenant, bucket, identity)
    JOIN tellonce.context c ON c.tenant = k.tenant AND c.bucket = k.bucket AND c.identity = k.identity
    CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(g.body ORDER BY g.seq), '[]') AS bodies FROM tellonce.signal g
      WHERE g.${touched} AND g.tenant = k.tenant AND g.bucket = k.bucket AND g.identity = k.identity AND g.seq > c.folded
    ) t WHERE c.${touched}`,
  /** The tail lies above `folded`: within one identity places are committed in their order, since both happen under its lock. */
  save: `UPDATE tellonce.context c SET document = d.document, folded = c.seq, behind = 0
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) AS d (tenant, bucket, identity, document)
    WHERE c.${touched} AND c.tenant = d.tenant AND c.bucket = d.bucket AND c.identity = d.identity`,
  /** Two identities may have a signal at one place: a page never ends between the two. */
  log: `SELECT g.* FROM ${places} AS k (tenant, bucket, identity)
    CROSS JOIN LATERAL (
      SELECT g.tenant, g.identity AS name, g.seq, g.received, g.body FROM tellonce.signal g
      WHERE g.${touched} AND g.tenant = k.tenant AND g.bucket = k.bucket AND g.identity = k.identity AND g.seq > $4
      ORDER BY g.seq LIMIT $5
    ) g ORDER BY g.seq FETCH FIRST $5 ROWS WITH TIES`,
  /** A walk over everything, for what runs in the background. */
  keys: `SELECT tenant, identity AS name FROM tellonce.context
    WHERE (tenant, identity) > ($1, $2) AND seq > 0 ORDER BY tenant, identity LIMIT $3`,
  now: `SELECT ${now} AS now`,
} as const
