/** For the schema as a whole: these run outside of any customer's place. */
export const schemaStatements = {
  isThere: "SELECT to_regclass('tellonce.migration') IS NOT NULL AS there",
  form: "SELECT coalesce(max(version), 0) AS version FROM tellonce.migration",
  worksWith: "SELECT works_with FROM tellonce.migration ORDER BY version DESC LIMIT 1",
  /** The number is ours alone: the letters "tellonce" as one integer. */
  lock: "SELECT pg_advisory_xact_lock(8387229071018128229)",
  /** After the lock above, which is waited for as long as another node takes. */
  giveWay: "SET LOCAL lock_timeout = '2s'",
  begin: `CREATE SCHEMA IF NOT EXISTS tellonce;
    CREATE TABLE IF NOT EXISTS tellonce.migration (version int PRIMARY KEY, works_with int NOT NULL)`,
  done: "INSERT INTO tellonce.migration (version, works_with) VALUES ($1, $2)",
  settings: "SELECT name, value FROM tellonce.setting",
  /** `role` is an identifier that was escaped. */
  grant: (role: string) => `GRANT USAGE ON SCHEMA tellonce TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tellonce TO ${role};
    REVOKE INSERT, UPDATE, DELETE ON tellonce.migration, tellonce.setting FROM ${role};
    REVOKE UPDATE, DELETE ON tellonce.audit FROM ${role}`,
} as const
