import { expect, it } from "vitest"
import { createKnown } from "./create-known.ts"

const none = { seqs: [], keys: [], sources: [], ids: [], received: [], bodies: [] }

/** A file of these contexts, and what it was asked for. */
const startFile = (encoded: Readonly<Record<string, string>>) => {
  const asked: (readonly string[])[] = []
  const call = async (message: { readonly [member: string]: unknown }) => {
    const keys = message.keys as readonly string[]
    asked.push(keys)
    return {
      contexts: keys.map((key) => ({ key, seq: 1, encoded: encoded[key], rows: [] })),
      heads: [],
      lastSeq: 9,
      found: [],
    }
  }
  const known = createKnown({ call: call as never })
  const find = async (keys: readonly string[]) => known.find({ keys, chains: [], signals: [] })
  return { asked, known, find }
}

it("asks for what it does not know, once, and answers in the order asked for", async () => {
  const { asked, find } = startFile({ a: "A", b: "B", c: "C" })
  await find(["a"])
  const { contexts, lastSeq } = await find(["c", "a", "b"])
  expect(contexts.map(({ encoded }) => encoded)).toEqual(["C", "A", "B"])
  expect(lastSeq).toBe(9)
  await find(["b", "c"])
  expect(asked).toEqual([["a"], ["c", "b"]])
})

it("knows what was written without asking", async () => {
  const { asked, known, find } = startFile({ a: "A" })
  await find(["a"])
  known.keep({
    contexts: [{ key: "a", seq: 10, encoded: "AA", tail: [] }],
    records: [],
    added: [],
    columns: none,
    lastSeq: 10,
  })
  expect(await find(["a"])).toMatchObject({ contexts: [{ seq: 10, encoded: "AA" }], lastSeq: 10 })
  expect(asked).toHaveLength(1)
})

it("knows that nothing is stored as well as what is", async () => {
  const { asked, known, find } = startFile({})
  await find(["a"])
  expect(known.contexts(["a"])).toMatchObject([{ key: "a", seq: 1, encoded: undefined, tail: [] }])
  expect(asked).toHaveLength(1)
})

it("forgets the longest unused when it holds too much, and all when told", async () => {
  const large = "x".repeat(3 * 1024 * 1024)
  const { known, find } = startFile({ a: large, b: large, c: large })
  await find(["a", "b"])
  await find(["a"])
  await find(["c"])
  expect(["a", "b", "c"].filter((key) => known.contexts([key]) !== undefined)).toEqual(["a", "c"])
  // What a tail says counts as well.
  const contexts = [{ key: "d", seq: 2, encoded: "", tail: [], tailText: 6 * 1024 * 1024 }]
  known.keep({ contexts, records: [], added: [], columns: none, lastSeq: 2 })
  expect(["a", "c", "d"].filter((key) => known.contexts([key]) !== undefined)).toEqual(["d"])
  known.forget()
  expect(known.contexts(["a"])).toBeUndefined()
})
