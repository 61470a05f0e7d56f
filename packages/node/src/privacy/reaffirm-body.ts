import * as z from "zod"

/** The reason is a code, such as `new_contract`: it goes into the audit trail, where no personal data may be. */
export const ReaffirmBody = z.strictObject({ reason: z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/) })
