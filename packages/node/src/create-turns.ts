/** Runs work that shares a name one after the other, in the order asked for, and other work beside it. A failure is its own asker's and stops no other. */
export type InTurn = <Result>(names: readonly string[], work: () => Promise<Result>) => Promise<Result>

export const createTurns = (): InTurn => {
  const last = new Map<string, Promise<void>>()
  return (names, work) => {
    const result = Promise.all(names.map((name) => last.get(name))).then(work)
    const over = () => {
      for (const name of names) if (last.get(name) === ended) last.delete(name)
    }
    const ended = result.then(over, over)
    for (const name of names) last.set(name, ended)
    return result
  }
}
