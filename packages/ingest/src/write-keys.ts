import { createHash, timingSafeEqual } from "node:crypto"
import { TellonceError } from "@tellonce/core"

/** The keys senders show: those of the service, or others made for this. One or several of each, all are taken. */
export interface WriteKeys {
  /** For browsers, so anybody may have it: what comes with it is the word of an anonymous visitor. */
  readonly publishable: string | readonly string[]
  /** For the company's own backends: what comes with it is believed. */
  readonly secret: string | readonly string[]
}

/** `backend` is believed, `browser` is anybody. */
export type Sender = "backend" | "browser"

/** Whose key this is; undefined for an unknown one. Compared in a time that does not tell how much agreed. */
export type FindSender = (key: string) => Sender | undefined

/** Finds senders among these keys, by their digests. */
export const createFindSender = ({ publishable, secret }: WriteKeys): FindSender => {
  const known = [
    ...[secret].flat().map((key) => ({ sender: "backend" as const, digest: digestOf(key) })),
    ...[publishable].flat().map((key) => ({ sender: "browser" as const, digest: digestOf(key) })),
  ]
  return (key) => {
    const sent = digestOf(key)
    return known.find(({ digest }) => timingSafeEqual(digest, sent))?.sender
  }
}

/** Throws `config/keys` for a key that is too short to be one, and for one that is both secret and public. */
export const checkWriteKeys = ({ publishable, secret }: WriteKeys): void => {
  const all = [publishable, secret].flat()
  // One that the environment left out is no text.
  if (all.every((key: unknown) => typeof key === "string" && key.length >= 8) && new Set(all).size === all.length)
    return
  throw new TellonceError(
    "config/keys",
    "A write key is too short or stands twice. Give 8 characters or more, and never one key as publishable and secret.",
  )
}

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest()
