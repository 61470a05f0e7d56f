import { type Command, createCommands } from "./script/create-commands.ts"

/** The stub of the snippet: it only remembers what is called before this script has come. */
interface Stub {
  (...command: Command): unknown
  q?: readonly ArrayLike<unknown>[]
}

// The one file of the package that does something as it loads: a script tag wants nothing else.
const page = globalThis as { tellonce?: Stub }
const waiting = page.tellonce?.q ?? []
page.tellonce = createCommands()
for (const command of waiting) page.tellonce(...(Array.from(command) as unknown as Command))
