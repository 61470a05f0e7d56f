import { existsSync } from "node:fs"
import { readdir, readFile, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { gunzipSync } from "node:zlib"
import { type Dialogue, DialogueSchema } from "./dialogue.ts"
import { type SlotMap, SlotMapSchema } from "./slot-map.ts"

/** The dialogues of one file, and the slot map that stands beside it as `maps/<dataset>.json`. */
export interface DialogueFile {
  readonly file: string
  /** Undefined when there are none. */
  readonly dataset: string | undefined
  readonly dialogues: readonly Dialogue[]
  /** Undefined without a map: then no two services share a slot and there is nothing to replay. */
  readonly map: SlotMap | undefined
}

const isDialogueFile = (name: string): boolean => /\.jsonl(\.gz)?$/.test(name)

/** The files a path names: itself, or those of its folder in the order of their names. Empty when there are none. */
export const findDialogueFiles = async (path: string): Promise<readonly string[]> => {
  if (!existsSync(path)) return []
  if (!(await stat(path)).isDirectory()) return [path]
  return (await readdir(path))
    .filter(isDialogueFile)
    .sort()
    .map((name) => join(path, name))
}

/** Throws what is wrong with a line that is no dialogue. */
export const readDialogues = async (path: string): Promise<DialogueFile> => {
  const bytes = await readFile(path)
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")
  const dialogues = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => DialogueSchema.parse(JSON.parse(line)))
  const dataset = dialogues[0]?.dataset
  const map = dataset === undefined ? undefined : await readSlotMap(dirname(path), dataset)
  return { file: basename(path), dataset, dialogues, map }
}

const readSlotMap = async (folder: string, dataset: string): Promise<SlotMap | undefined> => {
  const path = join(folder, "maps", `${dataset}.json`)
  return existsSync(path) ? SlotMapSchema.parse(JSON.parse(await readFile(path, "utf8"))) : undefined
}
