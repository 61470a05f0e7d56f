/**
 * Resolves once the script that runs now has come to its end. What asks the browser for a lock, a database or a module has V8 note where in
 * the script it was asked; while the function around a whole bundle runs, V8 reads all of the bundle once more for that: a third of the
 * cost of starting. An `abort()` without a reason makes an error, and costs the same.
 */
export const afterScript = (): Promise<void> => Promise.resolve()
