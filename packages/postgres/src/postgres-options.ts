import type { Millis } from "@tellonce/core"
import type { ConnectOptions } from "./connection/to-target.ts"

export interface PostgresOptions extends ConnectOptions {
  /** Connections of this node, at most, besides the one that listens; 10 unless told. */
  readonly connections?: number | undefined
  /**
   * In how many parts the buckets are divided; 4 unless told. Each part has one write transaction at a time, and no two parts share one. Fewer
   * make larger groups; 4,096 make a transaction for each bucket, for a database that is itself divided by bucket.
   */
  readonly lanes?: number | undefined
  /** How long one statement may take; 5,000 unless told. The same for all nodes. */
  readonly statementTimeout?: Millis | undefined
  /** How long a call waits for a server that takes writes before it is refused with `store/unavailable`; 10,000 unless told. */
  readonly patience?: Millis | undefined
  /**
   * Where to hear what other nodes write: the same connection unless told. Behind a pooler in transaction mode give one that goes past it, or
   * false to look every half second instead.
   */
  readonly listen?: false | ConnectOptions["connection"] | undefined
  /** Brings the schema to the form of this release at the start, unless false; not needed where a deployment runs `migrate` before. */
  readonly migrate?: boolean | undefined
}
