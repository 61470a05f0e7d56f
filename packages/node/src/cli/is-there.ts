import { access } from "node:fs/promises"

/** Is there anything at this path? */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
