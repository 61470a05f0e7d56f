import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"

/** What the process did to its files and its callers, in the order it was done. */
export type Step =
  | { readonly did: "write"; readonly path: string; readonly bytes: Buffer; readonly at: number }
  | { readonly did: "truncate"; readonly path: string; readonly size: number }
  | { readonly did: "flush"; readonly path: string }
  | { readonly did: "remove"; readonly path: string }
  /** Something went out to a caller. */
  | { readonly did: "answer"; readonly text: string }

/** Every call that changes a file or answers a caller; `-y` names the file of each descriptor, `-xx` keeps every byte. */
export const tracer = (output: string): readonly string[] => [
  "strace",
  "-f",
  "-y",
  "-xx",
  "-s",
  "1048576",
  "--seccomp-bpf",
  "-e",
  "trace=pwrite64,pwritev,write,writev,sendto,sendmsg,lseek,ftruncate,fsync,fdatasync,unlink,msync",
  "-o",
  output,
]

/** Reads what the tracer wrote. A call that another thread's call interrupts counts when it ends. */
export const readTrace = async (path: string): Promise<readonly Step[]> => {
  const begun = new Map<string, string>()
  const positions = new Map<string, number>()
  const steps: Step[] = []
  for await (const line of createInterface({ input: createReadStream(path, "latin1") })) {
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (rest.endsWith("<unfinished ...>")) {
      begun.set(thread, rest.slice(0, -"<unfinished ...>".length).trimEnd())
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1]
    const step = toStep(resumed === undefined ? rest : (begun.get(thread) ?? "") + resumed, positions)
    if (step !== undefined) steps.push(step)
  }
  return steps
}

const toStep = (call: string, positions: Map<string, number>): Step | undefined => {
  const [, name = "", args = "", result = "-1"] = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(call) ?? []
  if (Number(result) < 0) return undefined
  if (name === "unlink") return { did: "remove", path: bytesOf(args).toString() }
  const path = unescaped(/^\d+<([^>]*)>/.exec(args)?.[1] ?? "")
  if (!path.startsWith("/")) {
    return name.startsWith("write") || name.startsWith("send")
      ? { did: "answer", text: bytesOf(args).toString() }
      : undefined
  }
  const last = Number(/, (\d+)$/.exec(args)?.[1])
  if (name === "pwrite64") return { did: "write", path, bytes: bytesOf(args).subarray(0, Number(result)), at: last }
  if (name === "lseek") positions.set(path, Number(result))
  if (name === "write") {
    const at = positions.get(path) ?? 0
    positions.set(path, at + Number(result))
    return { did: "write", path, bytes: bytesOf(args).subarray(0, Number(result)), at }
  }
  if (name === "ftruncate") return { did: "truncate", path, size: last }
  if (name === "fsync" || name === "fdatasync") return { did: "flush", path }
  return undefined
}

/** All that stands in quotes, one piece after the other. */
const bytesOf = (args: string): Buffer =>
  Buffer.concat(
    [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = ""]) => Buffer.from(hex.replaceAll("\\x", ""), "hex")),
  )

/** The tracer writes names, too, as `\x2f`. */
const unescaped = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
