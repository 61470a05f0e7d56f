import { randomBytes } from "node:crypto"

/** 192 random bits behind the prefix that says what the key is for. */
export const makeKey = (prefix: "pk" | "sk"): string => `${prefix}_${randomBytes(24).toString("base64url")}`
