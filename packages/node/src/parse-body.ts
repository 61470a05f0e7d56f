import * as z from "zod"
import { HttpProblem } from "./http/http-problem.ts"

/** A kind holds no colon: with one, two identities would have one key. */
export const IdentityBody = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9._-]{0,31}$/),
  value: z.string().min(1).max(320),
})

/** The body as its schema gives it. Throws 400 `body/shape`. */
export const parseBody = <Output>(schema: z.ZodType<Output>, body: unknown): Output => {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new HttpProblem(
    400,
    "body/shape",
    `"${issue?.path.join(".") ?? ""}": ${issue?.message ?? "refused"}. See /v1/openapi.json.`,
  )
}
