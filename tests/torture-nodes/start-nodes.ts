import { fileURLToPath } from "node:url"
import { type ServiceProcess, startProcess } from "../promises/start-process.ts"

const program = fileURLToPath(new URL("node-process.ts", import.meta.url))

/** Service nodes on one database, each a process of its own. */
export const startNodes = async (database: string, many = 3): Promise<readonly ServiceProcess[]> => {
  const started = await Promise.allSettled(
    Array.from({ length: many }, () =>
      startProcess(["--conditions=@tellonce/source", "--import", "tsx", program], { DATABASE: database }),
    ),
  )
  const nodes = started.flatMap((one) => (one.status === "fulfilled" ? one.value : []))
  const failed = started.find((one) => one.status === "rejected")
  if (failed === undefined) return nodes
  await endNodes(nodes)
  throw failed.reason
}

export const endNodes = async (nodes: readonly ServiceProcess[]): Promise<void> => {
  await Promise.all(nodes.map((node) => node.end("SIGKILL")))
}
