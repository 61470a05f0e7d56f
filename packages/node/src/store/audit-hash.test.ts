import { expect, it } from "vitest"
import { firstHash, hashNote } from "./audit-hash.ts"

const note = { chain: "desk", at: 5, entry: '{"a":["x"],"b":1}' }

it("is the SHA-256 of the hash before and the canonical note", () => {
  // printf '%064d{"at":5,"chain":"desk","entry":{"a":["x"],"b":1}}' 0 | sha256sum
  expect(hashNote(firstHash, note)).toBe("3bde5efbc3c5750ac09c2fa2d702177714974b61dfb8fa0202e5e0afb49bdf5d")
})

it.each([
  ["chain", { ...note, chain: "desk2" }],
  ["time", { ...note, at: 6 }],
  ["entry", { ...note, entry: '{"a":["y"],"b":1}' }],
])("changes with its %s", (_what, other) => {
  expect(hashNote(firstHash, other)).not.toBe(hashNote(firstHash, note))
})

it("changes with what came before", () => {
  expect(hashNote(hashNote(firstHash, note), note)).not.toBe(hashNote(firstHash, note))
})
