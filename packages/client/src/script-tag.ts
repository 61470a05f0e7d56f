import { type Command, createCommands } from "./script/create-commands.ts"

/** The stub of the snippet: it only remembers what is called before this script has come. */
interface Stub {
  (...command: Command): unknown
  q?: readonly ArrayLike<unknown>[]
  /** It is no stub any more. */
  isLoaded?: true
}

// The one file of the package that does something as it loads: a script tag wants nothing else.
const page = globalThis as { tellonce?: Stub }
// A page that has the tag twice goes on with the first, which knows the customer.
if (!page.tellonce?.isLoaded) {
  const waiting = page.tellonce?.q ?? []
  page.tellonce = Object.assign(createCommands(), { isLoaded: true as const })
  for (const command of waiting) page.tellonce(...(Array.from(command) as unknown as Command))
}
