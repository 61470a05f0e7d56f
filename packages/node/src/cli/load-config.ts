import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Fields, ServiceStore } from "@tellonce/core"
import * as z from "zod"
import type { TellonceOptions } from "../tellonce-options.ts"
import { isThere } from "./is-there.ts"
import { usageError } from "./usage-error.ts"

/**
 * What a configuration module exports as `tellonce`. The store is a file, a database or made on demand: a command that does not need it must not
 * open it.
 */
export interface TellonceConfig<F extends Fields = Fields> extends Omit<TellonceOptions<F>, "store"> {
  readonly store: { readonly path: string } | { readonly url: string } | (() => ServiceStore | Promise<ServiceStore>)
  readonly port?: number
  readonly host?: string
}

/** What each command needs; the service itself checks all of it. */
const ConfigSchema = z.looseObject({
  store: z.union(
    [z.strictObject({ path: z.string().min(1) }), z.strictObject({ url: z.string().min(1) }), z.function()],
    { error: 'give { path: "data/tellonce.db" }, { url: "postgres://…" }, or a function that makes the store' },
  ),
  port: z.number().int().min(0).max(65_535).optional(),
  host: z.string().min(1).optional(),
  context: z.looseObject({}, { error: "give what defineContext has made" }),
})

const names = ["tellonce.config.ts", "tellonce.config.mjs", "tellonce.config.js"]

/** The configuration at `path`, or in the working directory under one of the usual names. Throws `cli/usage` and `config/…`. */
export const loadConfig = async (path: string | undefined): Promise<TellonceConfig> => {
  const file = path === undefined ? await findConfig() : resolve(path)
  const exported = await importConfig(file)
  const parsed = ConfigSchema.safeParse(exported)
  if (parsed.success) return exported as TellonceConfig
  const [issue] = parsed.error.issues
  throw usageError(
    exported === undefined
      ? `"${file}" exports no "tellonce". Write "export const tellonce = { context, keys, store: { path: … } }".`
      : `"tellonce.${issue?.path.join(".")}" in "${file}": ${issue?.message}.`,
  )
}

const findConfig = async (): Promise<string> => {
  for (const name of names) {
    const file = resolve(name)
    if (await isThere(file)) return file
  }
  throw usageError(`There is no ${names.join(", ")} here. Write one, or name it with --config.`)
}

const importConfig = async (file: string): Promise<unknown> => {
  try {
    const module = (await import(pathToFileURL(file).href)) as { readonly tellonce?: unknown }
    return module.tellonce
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    if (code === "ERR_UNKNOWN_FILE_EXTENSION") {
      throw usageError(
        `Node ${process.versions.node} cannot load "${file}". Use Node 22.18 or later, write it as .mjs, or start Node with "--import tsx".`,
      )
    }
    if (code === "ERR_MODULE_NOT_FOUND") throw usageError(`"${file}" cannot be loaded: ${(thrown as Error).message}`)
    throw thrown
  }
}
