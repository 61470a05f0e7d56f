import type { ContextDefinition } from "@tellonce/core"

/** `aud` of every token: the context it opens, and of which tenant. */
export const audienceOf = ({ name }: Pick<ContextDefinition, "name">, tenant: string | undefined): string =>
  tenant === undefined ? name : `${tenant}/${name}`
