import { startService } from "./start-service.ts"

/** A second process on the file of a first: "refused" when it ends with `store/locked` and the first goes on. */
export const secondProcess = async ({
  program,
  data,
}: {
  readonly program: string
  readonly data: string
}): Promise<string> => {
  const first = await startService({ program, data })
  const second = await startService({ program, data }).catch((reason: unknown) => String(reason))
  const health = await fetch(`${first.url}/healthz`).then(({ status }) => status)
  await first.kill()
  if (typeof second !== "string") {
    await second.kill()
    return "admitted"
  }
  if (!second.includes("store/locked") && !second.includes("is open in another process")) return second
  return health === 200 ? "refused" : "refused, but the first one stopped"
}
