/** Words between nodes. They hold names of identities, so the channel has a name that only this schema tells. */
export const liveStatements = {
  notify: "SELECT pg_notify($1, word) FROM unnest($2::text[]) AS word",
  /** `channel` is an identifier that was escaped. */
  listen: (channel: string) => `LISTEN ${channel}`,
} as const
