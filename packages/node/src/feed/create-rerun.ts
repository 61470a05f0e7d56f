/** Does one thing at a time: whatever asks for `again` while it is at work has it done once more after it. */
export const createRerun = (again: () => Promise<void>, onFailure: (thrown: unknown) => void) => {
  let isRunning = false
  let isDue = false
  const run = (work: () => Promise<void>): void => {
    if (isRunning) {
      isDue = true
      return
    }
    isRunning = true
    void work()
      .catch(onFailure)
      .finally(() => {
        isRunning = false
        if (!isDue) return
        isDue = false
        run(again)
      })
  }
  return run
}
