/** Ready at once where it is there, and never where it is not, as on a server. */
export const readyIf = (there: unknown): Promise<void> => (there ? Promise.resolve() : new Promise(() => {}))
