import { randomBytes } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"

/** One key of each kind, as the shop makes them for itself. */
export interface ShopKeys {
  readonly publishable: string
  readonly secret: string
}

/** The shop's keys: made once, kept beside its data, so that tokens given out before a restart are good after it. */
export const loadKeys = async (directory: string): Promise<ShopKeys> => {
  const file = `${directory}/keys.json`
  try {
    return JSON.parse(await readFile(file, "utf8")) as ShopKeys
  } catch {
    const keys = {
      publishable: `pk_${randomBytes(12).toString("base64url")}`,
      secret: `sk_${randomBytes(32).toString("base64url")}`,
    }
    await mkdir(directory, { recursive: true })
    await writeFile(file, JSON.stringify(keys), { mode: 0o600, flag: "wx" })
    return keys
  }
}
