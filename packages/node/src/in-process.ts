import type { Principal } from "./principal.ts"

/** Whoever calls the service's own methods: the company's backend, which holds the secret key. */
export const inProcess: Principal = { kind: "secret" }
