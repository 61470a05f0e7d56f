import type { Millis, Signal, Statement } from "@tellonce/core"
import { v7 as uuid } from "uuid"

/** A statement made in this process, with what it left out. */
export const completeStatement = (
  statement: Statement,
  now: Millis,
): Omit<Signal, "identity" | "source"> & Statement => ({
  ...statement,
  id: statement.id ?? uuid(),
  at: statement.at ?? now,
  authority: statement.authority ?? "record",
})
