import type { TellonceError } from "@tellonce/core"
import { type ServeOptions, serve } from "../serve.ts"
import type { CommandCall } from "./command.ts"
import type { TellonceConfig } from "./load-config.ts"
import { openService } from "./open-service.ts"
import { retainHourly } from "./retain-hourly.ts"

/** What sysexits.h calls EX_SOFTWARE: not a stop that was asked for, so a supervisor starts the process again, which recovers. */
const brokenStore = 70

/** Nothing may be acknowledged any more. */
const leave = ({ code, message }: TellonceError) => {
  process.stderr.write(`${code}: ${message}\n`, () => process.exit(brokenStore))
}

/** Serves until the process is told to stop; then finishes what it has begun. */
export const serveUntilStopped = async (
  config: TellonceConfig,
  { say, untilStopped }: CommandCall,
  options: ServeOptions & { readonly greet: (url: string) => string },
): Promise<number> => {
  // Listened for from the start: whoever stops a process that is still opening its store stops it all the same.
  const stopped = untilStopped()
  const tellonce = await openService(config, { onFatal: leave })
  const served = await serve(tellonce, options).catch(async (thrown) => {
    await tellonce.close()
    throw thrown
  })
  say({ text: options.greet(served.url), json: { url: served.url } })
  const endRetaining = retainHourly(tellonce, config.onError)
  await stopped
  endRetaining()
  await served.stop()
  say({ text: "Stopped; all that was answered is kept.", json: { stopped: true } })
  return 0
}
