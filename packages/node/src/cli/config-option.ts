/** Which configuration a command works with. */
export const configOption = { config: { type: "string", short: "c" } } as const

export const configUsage = "[--config tellonce.config.mjs]"
