import type { Tally } from "./score.ts"

/** One file's figures. Shares are of one; files are never pooled, or the largest would speak for all. */
export const toReport = (file: string, dataset: string, tally: Tally) => ({
  file,
  dataset,
  dialogues: tally.dialogues,
  turns: tally.turns,
  requests: tally.requests,
  repeatedWithoutSharing: tally.repeatedWithoutSharing,
  avoidable: tally.avoidable,
  avoided: tally.avoided,
  confirmed: tally.confirmed,
  confirmedOther: tally.confirmedOther,
  missed: tally.missed,
  wrongReuses: tally.wrongReuses,
  wrongPer100: rounded((100 * tally.wrongReuses) / Math.max(tally.avoided, 1)),
  sameServiceRight: tally.sameServiceRight,
  sameServiceChanged: tally.sameServiceChanged,
  slotRecall: share(tally.slotsRight, tally.slots),
  slotsWrong: share(tally.slotsWrong, tally.slots),
  joint: share(tally.jointRight, tally.states),
  lookupJoint: share(tally.lookupJointRight, tally.states),
})

export type FileReport = ReturnType<typeof toReport>

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
const share = (part: number, whole: number): number => (whole === 0 ? 0 : rounded(part / whole))

export const reportToText = (report: FileReport): string => {
  const { avoidable } = report
  const ofAvoidable = (count: number) => `${count} (${percent(share(count, avoidable))})`
  const lines: readonly (readonly [label: string, value: string | number])[] = [
    ["dialogues, turns", `${report.dialogues}, ${report.turns}`],
    ["requests by agents", report.requests],
    ["repeated questions, nothing shared", `${report.repeatedWithoutSharing}, of them avoidable ${avoidable}`],
    ["  avoided", ofAvoidable(report.avoided)],
    ["  turned into a confirmation", `${ofAvoidable(report.confirmed)}, ${report.confirmedOther} of another value`],
    ["  missed: asked all the same", ofAvoidable(report.missed)],
    ["wrong reuses", `${report.wrongReuses}, ${report.wrongPer100.toFixed(1)} per 100 avoided`],
    [
      "asked again in the same service",
      `${report.sameServiceRight} times it still held, ${report.sameServiceChanged} times it had changed`,
    ],
    ["slots read right", `${percent(report.slotRecall)}, with another value ${percent(report.slotsWrong)}`],
    ["whole states right", `${percent(report.lookupJoint)}, with nothing beside ${percent(report.joint)}`],
  ]
  const width = Math.max(...lines.map(([label]) => label.length))
  return [
    `${report.file} (${report.dataset})`,
    ...lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
  ].join("\n")
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`
