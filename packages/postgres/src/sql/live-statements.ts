/** Words between nodes. They hold names of identities, so the channel has a name that only this schema tells. */
export const liveStatements = {
  /**
   * The time, and the oldest of what this role is still writing: a COMMIT that waits long for its standby has an early place and is not seen
   * yet. One that waits for more than ten minutes is not waited for.
   */
  horizon: `SELECT (extract(epoch FROM now) * 1000000)::bigint AS now,
      (extract(epoch FROM greatest(least(now, oldest), now - interval '10 minutes')) * 1000000)::bigint AS horizon
    FROM (
      SELECT clock_timestamp() AS now, min(xact_start) AS oldest FROM pg_stat_activity
      WHERE datname = current_database() AND backend_xid IS NOT NULL
    ) w`,
  notify: "SELECT pg_notify($1, word) FROM unnest($2::text[]) AS word",
  /** `channel` is an identifier that was escaped. */
  listen: (channel: string) => `LISTEN ${channel}`,
} as const
