import { greatest } from "./spread.ts"
import type { ServiceProcess } from "./start-process.ts"

/** Looks ten times a second; `stop` answers the most that was held, in megabytes. */
export const watchMemory = (service: Pick<ServiceProcess, "memory">) => {
  const seen = [service.memory()]
  const timer = setInterval(() => seen.push(service.memory()), 100)
  return {
    stop(): number {
      clearInterval(timer)
      return greatest(seen)
    },
  }
}
