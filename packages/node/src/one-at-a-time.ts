import { createTurns } from "./create-turns.ts"

/** Runs one piece of work after the other, in the order asked for. A failure is its own asker's and stops no other. */
export const oneAtATime = (): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  const inTurn = createTurns()
  return (work) => inTurn(["all"], work)
}
