import { TellonceError } from "@tellonce/core"

/** The command was called wrongly; the exit code is 2. */
export const usageError = (message: string): TellonceError => new TellonceError("cli/usage", message)

export const isUsageError = (thrown: unknown): boolean =>
  thrown instanceof TellonceError && (thrown.code === "cli/usage" || thrown.code.startsWith("config/"))
