import { expect, it } from "vitest"
import { judgeReply } from "./judge-reply.ts"

it.each([
  ["hello \nthere\n", { match: "exact", reply: "hello\nthere" }, true],
  ["hello there", { match: "exact", reply: "hello\nthere" }, false],
  ["hello there", { match: "ws_insensitive", reply: "hello\n\nthere" }, true],
  ["hello\n\n> there", { match: "markdown_ws_insensitive", reply: "**hello** there" }, true],
  ["hello there", { match: "starts_with", reply: "hello" }, true],
  ["well, hello", { match: "starts_with", reply: "hello" }, false],
  ["hello", { match: "exact", reply: "hi", accept: ["hello"] }, true],
  ["hello", { match: "exact", reply: "hello", not_contains: ["ell"] }, false],
  ["hello", { match: "contains", reply: null, contains: ["h", "o"] }, true],
  ["hello", { match: "contains", reply: null, contains: ["h", "x"] }, false],
  ["", { match: "exact", reply: null }, false],
] as const)("%j against %j: %s", (reply, expectation, right) => {
  const { accept, contains, not_contains, ...rest } = { accept: [], contains: [], not_contains: [], ...expectation }
  const lists = { accept: [...accept], contains: [...contains], not_contains: [...not_contains] }
  expect(judgeReply(reply, { kind: "plain", ...rest, ...lists })).toBe(right)
})
