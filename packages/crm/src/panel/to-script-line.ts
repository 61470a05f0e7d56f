import { type AskAnswer, canonical, describeProvenance, type FieldView } from "@tellonce/core"
import type { PanelLabels } from "./labels/labels.ts"

/** One line of the agent's script: whether a field is to be asked for. */
export interface ScriptLine {
  readonly field: string
  readonly answer: AskAnswer
}

/**
 * The given answer while the view bears it out, else what the view itself says: answers given when the call began must not make
 * the agent ask what the customer has said since.
 */
export const toScriptLine = (
  field: string,
  seen: FieldView | undefined,
  given: AskAnswer | undefined,
  labels: PanelLabels,
): ScriptLine => ({ field, answer: given && holds(given, seen) ? given : fromView(field, seen, given, labels) })

const holds = (given: AskAnswer, seen: FieldView | undefined): boolean => {
  if (given.answer === "ask") return given.reason === "other_matter" || !isKnown(seen)
  if (!isKnown(seen) || canonical(seen.value) !== canonical(given.value)) return false
  return given.answer === "confirm" || seen.state === "fresh"
}

const fromView = (
  field: string,
  seen: FieldView | undefined,
  given: AskAnswer | undefined,
  labels: PanelLabels,
): AskAnswer => {
  if (!isKnown(seen)) {
    const question = given?.answer === "ask" ? given.question : labels.question(field)
    return { answer: "ask", reason: seen?.state === "expired" ? "expired" : "unknown", question }
  }
  const answered = { value: seen.value, known: describeProvenance(seen) }
  if (seen.state === "fresh") return { answer: "skip", reason: "known", ...answered }
  const question = labels.confirmation(field, labels.value(seen.value, field))
  return { answer: "confirm", reason: seen.state, ...answered, question }
}

type Known = Extract<FieldView, { state: "fresh" | "stale" | "conflicting" }>

const isKnown = (seen: FieldView | undefined): seen is Known =>
  seen !== undefined && seen.state !== "unknown" && seen.state !== "expired"
