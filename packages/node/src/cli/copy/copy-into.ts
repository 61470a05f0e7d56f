import type { ContextDefinition, ServiceStore } from "@tellonce/core"
import { walkKeys } from "../../walk-store.ts"
import { copyContexts } from "./copy-contexts.ts"
import { copyRemains } from "./copy-remains.ts"
import type { CopySource } from "./copy-source.ts"
import { copyTrail } from "./copy-trail.ts"
import type { Progress } from "./progress.ts"
import { type CopyVerdict, verifyCopy } from "./verify-copy.ts"

export interface CopyInto {
  readonly definition: ContextDefinition
  readonly from: CopySource
  readonly to: ServiceStore
  readonly progress: Progress
}

export interface CopyReport extends CopyVerdict {
  /** Keys that were not there yet as they are. */
  readonly copied: number
  /** False where the original does not tell what its port gives nobody: swept duplicates, used names, what is to be sent. */
  readonly remains: boolean
}

/** Copies all of a store, then reads both and compares. Neither may be in use. */
export const copyInto = async ({ definition, from, to, progress }: CopyInto): Promise<CopyReport> => {
  let total = 0
  for await (const keys of walkKeys(from)) total += keys.length
  progress.start("customers", total)
  const copied = await copyContexts({ definition, from, to, onKeys: progress.add })
  progress.start("trail", (await from.chains()).length)
  await copyTrail(from, to, () => progress.add(1))
  if (from.remains) await copyRemains(definition, from.remains, to)
  progress.start("checking", total)
  const verdict = await verifyCopy({ definition, from, to, onKeys: progress.add })
  return { ...verdict, copied, remains: from.remains !== undefined }
}
