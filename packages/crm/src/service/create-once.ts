import { canonical } from "@tellonce/core"

/** Gives each act an id that stays until the act has worked: done again after an answer was lost, it happens once. */
export const createOnce = () => {
  const unanswered = new Map<string, string>()
  return async <Answer>(wish: readonly unknown[], act: (id: string) => Promise<Answer>): Promise<Answer> => {
    const key = canonical(wish)
    const id = unanswered.get(key) ?? crypto.randomUUID()
    unanswered.set(key, id)
    const answer = await act(id)
    unanswered.delete(key)
    return answer
  }
}
