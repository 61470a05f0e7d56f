import type { Outcome } from "./replay-mails.ts"

/** The figures of one run. */
export const toReport = (outcomes: readonly Outcome[]) => {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort()
  const bounces = flagged(outcomes, "bounce", "bounce")
  const autoReplies = flagged(outcomes, "autoreply", "auto-reply")
  return {
    mails: outcomes.length,
    ...replies(outcomes),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, replies(outcomes.filter((one) => one.kind === kind))])),
    bounces,
    autoReplies,
    takenForMachines: filesOf(
      outcomes,
      (one) => !isMachine(one.kind) && /^(?:bounce|auto-reply)$/.test(one.flag ?? ""),
    ),
    refused: Object.fromEntries(outcomes.flatMap(({ file, flag }) => (flag?.includes("/") ? [[file, flag]] : []))),
    thrown: outcomes.filter(({ thrown }) => thrown).length,
    slowestMs: Math.round(Math.max(0, ...outcomes.map(({ ms }) => ms))),
    overtime: filesOf(outcomes, ({ overtime }) => overtime),
    wrongFiles: filesOf(outcomes, ({ reply }) => reply?.right === false),
  }
}

export type MailReport = ReturnType<typeof toReport>

const isMachine = (kind: string): boolean => kind === "bounce" || kind === "autoreply"

const filesOf = (outcomes: readonly Outcome[], isSo: (outcome: Outcome) => boolean): readonly string[] =>
  outcomes.filter(isSo).map(({ file }) => file)

const replies = (outcomes: readonly Outcome[]) => {
  const judged = outcomes.flatMap(({ reply }) => (reply ? [reply] : []))
  const right = judged.filter((one) => one.right).length
  return {
    expected: judged.length,
    right,
    wrong: judged.length - right,
    libraryRight: judged.filter((one) => one.library).length,
  }
}

const flagged = (outcomes: readonly Outcome[], kind: string, flag: string) => {
  const all = outcomes.filter((one) => one.kind === kind)
  return { expected: all.length, flagged: all.filter((one) => one.flag === flag).length }
}

export const reportToText = (report: MailReport): string => {
  const rows = [...Object.entries(report.kinds), ["all", report] as const].map(([kind, found]) => [
    kind,
    `${found.right} of ${found.expected}`,
    String(found.wrong),
    `${found.libraryRight} of ${found.expected}`,
  ])
  const table = [["replies", "right", "wrong", "email-reply-parser alone"], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return [
    ...table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")),
    "",
    `mails ${report.mails}, thrown ${report.thrown}, slowest ${report.slowestMs} ms, over their time ${report.overtime.length}`,
    `bounces flagged ${report.bounces.flagged} of ${report.bounces.expected}`,
    `auto-replies flagged ${report.autoReplies.flagged} of ${report.autoReplies.expected}`,
    `people taken for machines: ${report.takenForMachines.join(", ") || "none"}`,
    `refused: ${
      Object.entries(report.refused)
        .map(([file, code]) => `${file} (${code})`)
        .join(", ") || "none"
    }`,
    `wrong: ${report.wrongFiles.join(", ") || "none"}`,
  ].join("\n")
}
