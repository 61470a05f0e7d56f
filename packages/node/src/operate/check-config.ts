import type { Fields } from "@tellonce/core"
import { TellonceError } from "@tellonce/core"
import * as z from "zod"
import type { TellonceOptions } from "../tellonce-options.ts"
import { webhookEventNames } from "../webhooks/webhook.ts"

const isFunction = (value: unknown): boolean => typeof value === "function"
const has =
  (...methods: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === "object" && value !== null && methods.every((name) => isFunction((value as never)[name]))

const functionCheck = (what: string) => z.custom(isFunction, `must be a function ${what}`)
const keySchema = (prefix: string, least: number) => {
  const Key = z
    .string()
    .regex(new RegExp(`^${prefix}_\\S{${least},}$`), `must be "${prefix}_…" with ${least} characters or more, random`)
  return z.union([Key, z.array(Key).min(1)], {
    error: `must be "${prefix}_…" with ${least} characters or more, random, or a list of such`,
  })
}
const RateSchema = z.strictObject({ perSecond: z.number().positive(), burst: z.number().min(1) }).optional()

const storeMethods = [
  ...["read", "update", "log", "watch", "note", "audit", "chains", "keys", "sweep", "prune", "once"],
  ...["put", "lease", "settle"],
]

/** Has rules of its own, which are checked where they are. */
const elsewhere = z.unknown().optional()

const ActionSchema = z.strictObject({
  fails: z.enum(["open", "closed"]),
  policies: z.array(functionCheck("of the view")).optional(),
})
const AnchorSchema = z.looseObject({
  fetch: functionCheck("that asks the system of record"),
  maxAge: z.custom((value) => typeof value === "number" && value >= 0, "must be milliseconds"),
})
const WebhookSchema = z.strictObject({
  url: z.url("must be an absolute URL"),
  secret: z.string(),
  events: z.array(z.enum(webhookEventNames)).min(1),
  identities: z.boolean().optional(),
  addresses: z.array(z.string()).optional(),
  plain: z.boolean().optional(),
})

/** Every option there is. */
const ConfigSchema = z.strictObject({
  context: z.custom(
    (value) => typeof value === "object" && value !== null && "fields" in value && "name" in value,
    "must be made with defineContext",
  ),
  store: z.custom(has(...storeMethods), "must be a store: createSqliteStore or createMemoryStore make one"),
  keys: z.strictObject({ publishable: keySchema("pk", 8), secret: keySchema("sk", 16) }),
  clock: functionCheck("that answers epoch milliseconds").optional(),
  onError: functionCheck("that is told of failures").optional(),
  log: z
    .union([z.literal(false), z.custom(has("debug", "info", "warn", "error", "isLevelEnabled"))], {
      error: "must be a pino logger, or false",
    })
    .optional(),
  tracer: z.custom(has("startActiveSpan"), "must be a tracer of @opentelemetry/api").optional(),
  metricsKey: z.string().min(16, "must have 16 characters or more, random").optional(),
  rates: z
    .strictObject({
      secret: RateSchema,
      publishable: RateSchema,
      visitor: RateSchema,
      customer: RateSchema,
      agent: RateSchema,
    })
    .optional(),
  random: functionCheck("that answers from 0 up to 1").optional(),
  erasures: z
    .custom(has("subjectsOf", "epochs", "keep", "entries"), "must be made with createFileErasureLedger or alike")
    .optional(),
  auditHeads: functionCheck("that takes one line").optional(),
  gpc: z.array(z.string().min(1), "must be a list of purposes").optional(),
  tenant: z.string().optional(),
  logFor: elsewhere,
  access: z.strictObject({ agents: elsewhere, purposes: elsewhere }).optional(),
  identityKeys: elsewhere,
  identities: z
    .strictObject({ unique: elsewhere, caps: elsewhere, blocked: elsewhere, defaultCountry: elsewhere })
    .optional(),
  actions: z.record(z.string(), ActionSchema).optional(),
  brief: z
    .strictObject({ friction: elsewhere, focus: elsewhere, nextStep: functionCheck("of the view").optional() })
    .optional(),
  anchors: z.record(z.string(), AnchorSchema).optional(),
  webhooks: z.array(WebhookSchema).optional(),
} satisfies Record<keyof TellonceOptions<Fields>, z.ZodType>)

/**
 * Throws `config/<option>` for what cannot work and `config/unknown_option` for what there is not, at the start and by name, before
 * anything is opened. No value is repeated: it may be a key.
 */
export const checkConfig = (options: unknown): void => {
  const parsed = ConfigSchema.safeParse(options)
  if (parsed.success) return
  const [issue] = parsed.error.issues
  const [option = "options"] = issue?.path ?? []
  if (issue?.code === "unrecognized_keys" && issue.path.length === 0) throw unknownOption(issue.keys)
  const unknown = issue?.code === "unrecognized_keys" ? `has no ${issue.keys.join(", ")}` : undefined
  throw new TellonceError(
    `config/${String(option)}`,
    `"${issue?.path.join(".")}" ${unknown ?? issue?.message ?? "cannot be used"}. Correct it in the options of createTellonce.`,
  )
}

const unknownOption = (names: readonly string[]) =>
  new TellonceError(
    "config/unknown_option",
    `createTellonce has no option ${names.map((name) => `"${name}"`).join(", ")}. Correct the spelling, or leave it out.`,
  )
