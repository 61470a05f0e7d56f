/** Into how many partitions each large table is divided: by ranges of buckets, which are a hash already. */
const partitions = 16
const bucketsEach = 4_096 / partitions

const partitioned = (name: string, storage = ""): string =>
  Array.from({ length: partitions }, (_, index) => {
    const range = `FROM (${index * bucketsEach}) TO (${(index + 1) * bucketsEach})`
    // Whoever names a partition itself passes by the policies of the whole: it has none of its own, so that nobody sees anything there.
    return `CREATE TABLE tellonce.${name}_${index} PARTITION OF tellonce.${name} FOR VALUES ${range}${storage};
      ALTER TABLE tellonce.${name}_${index} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`
  }).join("\n")

const guarded = ["context", "signal", "seen", "swept", "note", "audit", "chain", "outbox", "once"]

/** A row is seen and written only where the transaction has named its tenant; `*` is for walks over all. */
const policy = (name: string): string => `
  ALTER TABLE tellonce.${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY own_tenant ON tellonce.${name} USING (tellonce.may_see(tenant));`

/** The first form. Times are milliseconds, places microseconds. */
export const tables = `
  CREATE TABLE tellonce.setting (name text PRIMARY KEY, value text NOT NULL);
  INSERT INTO tellonce.setting VALUES
    ('channel', 'tellonce_' || replace(gen_random_uuid()::text, '-', '')),
    ('secret', gen_random_uuid()::text || gen_random_uuid()::text);

  CREATE FUNCTION tellonce.may_see(tenant text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('tellonce.tenant', true) = '*'
      OR '=' || tenant = ANY (string_to_array(current_setting('tellonce.tenant', true), ','))
  $$;

  CREATE TABLE tellonce.context (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, identity text COLLATE "C" NOT NULL,
    seq bigint NOT NULL DEFAULT 0, folded bigint NOT NULL DEFAULT 0, behind int NOT NULL DEFAULT 0,
    document text,
    PRIMARY KEY (tenant, bucket, identity)
  ) PARTITION BY RANGE (bucket);
  ALTER TABLE tellonce.context ALTER COLUMN document SET STORAGE EXTERNAL;
  ${partitioned("context", " WITH (fillfactor = 70, toast_tuple_target = 256)")}
  CREATE INDEX ON tellonce.context (tenant, identity);

  CREATE TABLE tellonce.signal (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, identity text COLLATE "C" NOT NULL, seq bigint NOT NULL,
    received double precision NOT NULL, body text NOT NULL,
    PRIMARY KEY (tenant, bucket, identity, seq)
  ) PARTITION BY RANGE (bucket);
  ${partitioned("signal")}

  CREATE TABLE tellonce.seen (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, identity text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL, received double precision NOT NULL, swept boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, bucket, identity, source, id)
  ) PARTITION BY RANGE (bucket);
  ${partitioned("seen")}
  CREATE INDEX ON tellonce.seen USING brin (received) WITH (autosummarize = on);

  CREATE TABLE tellonce.swept (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, digest text COLLATE "C" NOT NULL, seq bigint NOT NULL,
    PRIMARY KEY (tenant, bucket, digest)
  );

  CREATE TABLE tellonce.note (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, chain text COLLATE "C" NOT NULL,
    place bigint NOT NULL, nonce uuid NOT NULL DEFAULT gen_random_uuid(), at double precision NOT NULL, entry text NOT NULL,
    PRIMARY KEY (tenant, bucket, chain, place, nonce)
  );
  CREATE TABLE tellonce.audit (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, chain text COLLATE "C" NOT NULL, seq bigint NOT NULL,
    at double precision NOT NULL, entry text NOT NULL, hash text NOT NULL,
    PRIMARY KEY (tenant, bucket, chain, seq)
  );
  CREATE TABLE tellonce.chain (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, chain text COLLATE "C" NOT NULL,
    seq bigint NOT NULL DEFAULT 0, hash text,
    PRIMARY KEY (tenant, bucket, chain)
  );

  CREATE TABLE tellonce.outbox (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, receiver text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
    place bigint NOT NULL, at double precision NOT NULL, body text NOT NULL, key text COLLATE "C",
    due double precision, tries int NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, bucket, receiver, id)
  );
  CREATE INDEX ON tellonce.outbox (tenant, bucket, receiver, due, place) WHERE due IS NOT NULL;
  CREATE INDEX ON tellonce.outbox (key) WHERE key IS NOT NULL;

  CREATE TABLE tellonce.once (
    tenant text COLLATE "C" NOT NULL, bucket int NOT NULL, name text COLLATE "C" NOT NULL,
    until double precision NOT NULL, claim uuid NOT NULL,
    PRIMARY KEY (tenant, bucket, name)
  );
  ${guarded.map(policy).join("")}
`
