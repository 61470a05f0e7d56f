import { expect, it } from "vitest"
import { createKnown } from "./create-known.ts"

/** A file of these contexts, and what it was asked for. */
const startFile = (encoded: Readonly<Record<string, string>>) => {
  const asked: (readonly string[])[] = []
  const call = async (message: { readonly [member: string]: unknown }) => {
    const keys = message.keys as readonly string[]
    asked.push(keys)
    return { contexts: keys.map((key) => ({ key, seq: 1, encoded: encoded[key] })), heads: [], lastSeq: 9 }
  }
  return { asked, known: createKnown({ call: call as never }) }
}

it("asks for what it does not know, once, and answers in the order asked for", async () => {
  const { asked, known } = startFile({ a: "A", b: "B", c: "C" })
  await known.look(["a"], [])
  const { contexts, lastSeq } = await known.look(["c", "a", "b"], [])
  expect(contexts.map(({ encoded }) => encoded)).toEqual(["C", "A", "B"])
  expect(lastSeq).toBe(9)
  await known.look(["b", "c"], [])
  expect(asked).toEqual([["a"], ["c", "b"]])
})

it("knows what was written without asking", async () => {
  const { asked, known } = startFile({ a: "A" })
  await known.look(["a"], [])
  known.keep({ contexts: [{ key: "a", seq: 10, encoded: "AA" }], records: [], added: [], lastSeq: 10 })
  expect(await known.look(["a"], [])).toMatchObject({ contexts: [{ seq: 10, encoded: "AA" }], lastSeq: 10 })
  expect(asked).toHaveLength(1)
})

it("knows that nothing is stored as well as what is", async () => {
  const { asked, known } = startFile({})
  await known.look(["a"], [])
  expect(known.contexts(["a"])).toEqual([{ key: "a", seq: 1, encoded: undefined }])
  expect(asked).toHaveLength(1)
})

it("forgets the longest unused when it holds too much, and all when told", async () => {
  const large = "x".repeat(6 * 1024 * 1024)
  const { known } = startFile({ a: large, b: large, c: large })
  await known.look(["a", "b"], [])
  await known.look(["a"], [])
  await known.look(["c"], [])
  expect(["a", "b", "c"].filter((key) => known.contexts([key]) !== undefined)).toEqual(["a", "c"])
  known.forget()
  expect(known.contexts(["a"])).toBeUndefined()
})
