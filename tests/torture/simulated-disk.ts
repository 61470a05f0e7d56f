import type { Step } from "./read-trace.ts"

type Change = Extract<Step, { did: "write" | "truncate" }>

interface File {
  /** What a power cut cannot take. */
  flushed: Buffer
  /** What it may take, in order. */
  pending: Change[]
}

const sector = 512

/** A disk whose power may fail: what was flushed stays; of the rest any part may have arrived, down to single sectors. */
export const createSimulatedDisk = (random: () => number) => {
  const files = new Map<string, File>()
  const fileOf = (path: string): File => {
    const file = files.get(path) ?? { flushed: Buffer.alloc(0), pending: [] }
    files.set(path, file)
    return file
  }

  return {
    take(step: Step) {
      if (step.did === "write" || step.did === "truncate") fileOf(step.path).pending.push(step)
      // Gone at once: the harshest case, as nothing may rely on a removed file.
      if (step.did === "remove") files.delete(step.path)
      if (step.did === "flush") {
        const file = fileOf(step.path)
        file.flushed = file.pending.reduce(apply, file.flushed)
        file.pending = []
      }
    },
    /** The bytes of a file as they lie on the disk when the power comes back. */
    cut(path: string): Buffer {
      const { flushed, pending } = files.get(path) ?? { flushed: Buffer.alloc(0), pending: [] }
      const arrival = random()
      return pending
        .filter(() => random() < arrival)
        .flatMap((change) => tear(change, random))
        .reduce(apply, flushed)
    },
  }
}

const apply = (content: Buffer, change: Change): Buffer => {
  if (change.did === "truncate") {
    return Buffer.concat([content.subarray(0, change.size), Buffer.alloc(Math.max(0, change.size - content.length))])
  }
  const end = change.at + change.bytes.length
  const grown =
    content.length >= end ? Buffer.from(content) : Buffer.concat([content, Buffer.alloc(end - content.length)])
  change.bytes.copy(grown, change.at)
  return grown
}

/** One write in ten arrives in part. */
const tear = (change: Change, random: () => number): readonly Change[] => {
  if (change.did === "truncate" || random() < 0.9) return [change]
  const pieces: Change[] = []
  for (let from = 0; from < change.bytes.length; from += sector) {
    if (random() < 0.5)
      pieces.push({ ...change, bytes: change.bytes.subarray(from, from + sector), at: change.at + from })
  }
  return pieces
}
