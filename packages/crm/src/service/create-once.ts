import { canonical, type Millis } from "@tellonce/core"

export interface Once {
  /** What is wished for again in its place soon after an answer was lost is the same act, and happens once. */
  run<Answer>(place: readonly unknown[], wish: unknown, act: (id: string) => Promise<Answer>): Promise<Answer>
  /** From now on each wish is a new one. */
  forget(): void
}

/** Whoever sees a failure tries again at once. What comes later may be wished for anew, after it was seen to stand and was undone. */
const patience: Millis = 120_000

/** Gives each act an id that stays until the act has worked, something else was wished for in its place, or time has passed. */
export const createOnce = (now: () => Millis): Once => {
  const unanswered = new Map<string, { readonly wish: string; readonly id: string; readonly since: Millis }>()
  return {
    async run(place, wished, act) {
      const name = canonical(place)
      const wish = canonical(wished)
      const before = unanswered.get(name)
      const isSame = before?.wish === wish && Math.abs(now() - before.since) <= patience
      const mine = isSame ? before : { wish, id: crypto.randomUUID(), since: now() }
      unanswered.set(name, mine)
      const answer = await act(mine.id)
      if (unanswered.get(name) === mine) unanswered.delete(name)
      return answer
    },
    forget: () => unanswered.clear(),
  }
}
