import { expect, it } from "vitest"
import { createTurns } from "./create-turns.ts"

it("work waits for all that was asked for before under one of its names, failed or not, and for nothing else", async () => {
  const inTurn = createTurns()
  const done: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      done.push(name)
      ends.set(name, resolve)
    })
  const end = (name: string) => {
    ends.get(name)?.()
    return new Promise(setImmediate)
  }
  await expect(inTurn(["a"], () => Promise.reject(new Error("Failed.")))).rejects.toThrow("Failed.")
  void inTurn(["a"], work("first"))
  void inTurn(["b"], work("beside"))
  void inTurn(["a", "b"], work("both"))
  void inTurn(["b"], work("last"))
  void inTurn([], work("free"))
  await end("none")
  expect(new Set(done)).toEqual(new Set(["first", "beside", "free"]))
  await end("first")
  expect(done).toHaveLength(3)
  await end("beside")
  expect(done.slice(3)).toEqual(["both"])
  await end("both")
  expect(done.slice(4)).toEqual(["last"])
})
