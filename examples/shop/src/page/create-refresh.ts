/** Runs `load` now and again when asked meanwhile, never twice at a time: however often the context changes, one request is on its way. */
export const createRefresh = (load: () => Promise<void>): (() => void) => {
  let state: "idle" | "running" | "again" = "idle"
  const run = async () => {
    state = "running"
    // The next change asks again.
    await load().catch(() => undefined)
    const isAgain = (state as string) === "again"
    state = "idle"
    if (isAgain) void run()
  }
  return () => {
    if (state === "idle") void run()
    else state = "again"
  }
}
