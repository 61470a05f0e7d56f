/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = () => {
      process.once("SIGTERM", leave).once("SIGINT", leave)
      resolve()
    }
    process.once("SIGTERM", stop).once("SIGINT", stop)
  })

const leave = () => process.exit(1)
