import { identityKey, type Refusal, refuse, type Signal } from "@tellonce/core"
import { adult, processing } from "../access/standing.ts"
import { type Choices, choicesIn, choicesOf } from "./consent-field.ts"
import type { ConsentGate } from "./consent-gate.ts"

/** On which one identity may have choices; a banner has ten. A choice is never forgotten, so their number is the bound. */
const mostPurposes = 64

/**
 * Per signal, why it may not be kept: it is `refused` already, or its choices would be on too many purposes. Undefined where it may. Two
 * nodes that check at the same moment do not see each other.
 */
export const checkPurposes = async (
  signals: readonly Signal[],
  refused: readonly (Refusal | undefined)[],
  { definition, customer, now }: Omit<ConsentGate, "purposes">,
): Promise<readonly (Refusal | undefined)[]> => {
  const known = new Map<string, ReadonlySet<string>>()
  const refusals: (Refusal | undefined)[] = []
  for (const [index, signal] of signals.entries()) {
    const chosen = purposesIn(choicesOf(definition, signal))
    if (refused[index] || chosen.length === 0) {
      refusals.push(refused[index])
      continue
    }
    const key = identityKey(signal.identity)
    const before =
      known.get(key) ?? new Set(purposesIn(choicesIn((await customer(signal.identity, true)).context, now)))
    const after = new Set([...before, ...chosen])
    const fits = after.size <= Math.max(mostPurposes, before.size)
    known.set(key, fits ? after : before)
    refusals.push(fits ? undefined : tooMany)
  }
  return refusals
}

/** A restriction and a minor's age are no purposes, and can always be stated. */
const purposesIn = (choices: Choices): readonly string[] =>
  Object.keys(choices).filter((name) => name !== processing && name !== adult)

const tooMany = refuse(
  "consent/too_many",
  `A customer chooses on at most ${mostPurposes} purposes. Name those you have, and no others.`,
)
