const chain = "tenant = $1 AND bucket = $2 AND chain = $3"

/** The audit trail: notes come in without any lock, and are linked into their chains soon after, or before anybody reads them. */
export const trailStatements = {
  add: `INSERT INTO tellonce.note (tenant, bucket, chain, place, at, entry)
    SELECT tenant, bucket, chain, (extract(epoch FROM statement_timestamp()) * 1000000)::bigint + place, at, entry
    FROM unnest($1::text[], $2::int[], $3::text[], $4::float8[], $5::text[])
      WITH ORDINALITY AS n (tenant, bucket, chain, at, entry, place)`,
  open: "INSERT INTO tellonce.chain (tenant, bucket, chain) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
  head: `SELECT seq, hash FROM tellonce.chain WHERE ${chain} FOR UPDATE`,
  /** Taken away, not marked off: a note that is committed late is there the next time. */
  take: `DELETE FROM tellonce.note n USING (
      SELECT place, nonce FROM tellonce.note WHERE ${chain} ORDER BY place, nonce LIMIT 1000
    ) t WHERE n.tenant = $1 AND n.bucket = $2 AND n.chain = $3 AND n.place = t.place AND n.nonce = t.nonce
    RETURNING n.place, n.nonce, n.at, n.entry`,
  append: `INSERT INTO tellonce.audit (tenant, bucket, chain, seq, at, entry, hash)
    SELECT $1, $2, $3, * FROM unnest($4::bigint[], $5::float8[], $6::text[], $7::text[])`,
  moveHead: `UPDATE tellonce.chain SET seq = $4, hash = $5 WHERE ${chain}`,
  read: `SELECT seq, at, entry, hash FROM tellonce.audit WHERE ${chain} AND seq > $4 ORDER BY seq LIMIT $5`,
  isWaiting: `SELECT EXISTS (SELECT FROM tellonce.note WHERE ${chain}) AS "isWaiting"`,
  /** Of all tenants: there are a few chains of each. */
  chains: "SELECT tenant, chain AS name FROM tellonce.chain WHERE seq > 0 ORDER BY tenant, chain",
  waiting: "SELECT DISTINCT tenant, chain AS name FROM tellonce.note",
} as const
