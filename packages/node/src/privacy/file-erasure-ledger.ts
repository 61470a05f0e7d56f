import { type FileHandle, mkdir, open } from "node:fs/promises"
import { dirname } from "node:path"
import { TellonceError } from "@tellonce/core"
import { oneAtATime } from "../one-at-a-time.ts"
import { type ErasureLedger, toLedger } from "./erasure-ledger.ts"
import { parseRecords, recordSize, toRecord } from "./ledger-record.ts"

export interface FileErasureLedgerOptions {
  /** A file of its own, outside what is backed up with the store: a backup must not bring back an older ledger. */
  readonly path: string
  /** A secret of 16 characters or more, kept as long as the file. */
  readonly pepper: string
}

/** 1,365 identities: written as zeros ahead of time, so that an erasure needs no space when there is none. */
const reserve = 1_365 * recordSize

/** The ledger in a small file, each record flushed before it is answered. Open it in one process, as the store beside it. */
export const createFileErasureLedger = async ({
  path,
  pepper,
}: FileErasureLedgerOptions): Promise<ErasureLedger & { close(): Promise<void> }> => {
  // One that the environment left out is no text.
  if (typeof pepper !== "string" || pepper.length < 16) throw weakPepper()
  await mkdir(dirname(path), { recursive: true })
  const file = await openOrCreate(path)
  const { bytes, known } = await readAll(file)
  const epochs = new Map<string, number>()
  for (const { subject, epoch } of known) epochs.set(subject, Math.max(epoch, epochs.get(subject) ?? 0))
  let end = known.length * recordSize
  let size = await growTo(file, bytes.length, end + reserve)
  const ledger = toLedger({
    peppers: [pepper],
    epochs,
    async write(erasure) {
      if (end + recordSize > size) throw full()
      await file.write(toRecord(erasure), end)
      // One flush for each record: only the last can be torn, and the last was not answered for.
      await file.datasync()
      end += recordSize
    },
  })
  const inTurn = oneAtATime()
  return {
    ...ledger,
    keep: (erasures) =>
      inTurn(async () => {
        size = await growTo(file, size, end + erasures.length * recordSize + reserve / 2)
        await ledger.keep(erasures)
      }),
    close: () => inTurn(() => file.close()),
  }
}

const readAll = async (file: FileHandle) => {
  try {
    const bytes = await file.readFile()
    return { bytes, known: parseRecords(bytes) }
  } catch (thrown) {
    await file.close()
    throw thrown
  }
}

const openOrCreate = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, "r+")
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown
  }
  const file = await open(path, "wx+", 0o600)
  const folder = await open(dirname(path), "r")
  await folder.sync().finally(() => folder.close())
  return file
}

/** How large the file is then: on a full disk as large as it was, which is what the reserve is for. */
const growTo = async (file: FileHandle, size: number, wanted: number): Promise<number> => {
  if (size >= wanted) return size
  const grown = Math.ceil((wanted + reserve / 2) / recordSize) * recordSize
  try {
    await writeZeros(file, size, grown)
    await file.sync()
    return grown
  } catch (thrown) {
    if (!["ENOSPC", "EDQUOT"].includes((thrown as NodeJS.ErrnoException).code ?? "")) throw thrown
    // A short write may have made it larger; only what was there for certain is counted on.
    return size
  }
}

const writeZeros = async (file: FileHandle, from: number, to: number): Promise<void> => {
  const zeros = Buffer.alloc(to - from)
  for (let done = 0; done < zeros.length; ) {
    done += (await file.write(zeros, done, zeros.length - done, from + done)).bytesWritten
  }
}

const full = () =>
  new TellonceError(
    "store/ledger_full",
    "The disk is full and so is the erasure ledger's reserve. Make space and erase again.",
  )

const weakPepper = () =>
  new TellonceError(
    "config/pepper",
    "The erasure ledger needs a pepper of 16 characters or more, random and kept secret.",
  )
