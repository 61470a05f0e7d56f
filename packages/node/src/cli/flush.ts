import { open } from "node:fs/promises"

/** What was written to this file, or the names in this directory, is on the disk when it resolves. */
export const flush = async (path: string): Promise<void> => {
  const handle = await open(path, "r")
  await handle.sync().finally(() => handle.close())
}
