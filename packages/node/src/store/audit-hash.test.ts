import { expect, it } from "vitest"
import { firstHash, hashNote } from "./audit-hash.ts"

const note = { chain: "desk", at: 5, entry: { b: 1, a: ["x"] } }

it("is the SHA-256 of the hash before and the canonical note", () => {
  // printf '%064d{"at":5,"chain":"desk","entry":{"a":["x"],"b":1}}' 0 | sha256sum
  expect(hashNote(firstHash, note)).toBe("3bde5efbc3c5750ac09c2fa2d702177714974b61dfb8fa0202e5e0afb49bdf5d")
})

it("does not depend on the order in which the note's members were written", () => {
  expect(hashNote(firstHash, { entry: { a: ["x"], b: 1 }, at: 5, chain: "desk" })).toBe(hashNote(firstHash, note))
})

it.each([
  ["chain", { ...note, chain: "desk2" }],
  ["time", { ...note, at: 6 }],
  ["entry", { ...note, entry: { b: 1, a: ["y"] } }],
])("changes with its %s", (_what, other) => {
  expect(hashNote(firstHash, other)).not.toBe(hashNote(firstHash, note))
})

it("changes with what came before", () => {
  expect(hashNote(hashNote(firstHash, note), note)).not.toBe(hashNote(firstHash, note))
})
