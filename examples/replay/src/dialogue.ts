import * as z from "zod"

/** A slot's value as the customer gave it: the canonical form, and the words used. */
const Spoken = z.object({ slot: z.string(), value: z.string(), raw: z.string().optional() })
/** With `service`: said in this turn, but for another service than the turn's own. */
const Inform = Spoken.extend({ service: z.string().optional() })
/** Every form of the value that counts as right; one alone may stand without its list. */
const Forms = z.union([z.string().transform((form) => [form]), z.array(z.string())])

const Block = z.object({
  service: z.string(),
  informs: z.array(Inform).default([]),
  accepts: z.array(Spoken).default([]),
  offers: z.array(Spoken).default([]),
  requests: z.array(z.string()).default([]),
  unavailable: z.boolean().default(false),
  state: z.record(z.string(), Forms).optional(),
  /** The service the state is about, where it is not the block's own. */
  state_service: z.string().optional(),
})

const Turn = Block.extend({
  /** Seconds since the dialogue began. */
  t: z.number().nonnegative(),
  speaker: z.enum(["customer", "agent"]),
  also: z.array(Block).default([]),
})

export const DialogueSchema = z.object({
  id: z.string().regex(/^[^\s#]{1,100}$/),
  dataset: z.string().regex(/^[a-z0-9-]{1,32}$/),
  turns: z.array(Turn),
})

export type Inform = z.output<typeof Inform>
export type Spoken = z.output<typeof Spoken>
export type Forms = z.output<typeof Forms>
export type Block = z.output<typeof Block>
export type Turn = z.output<typeof Turn>
export type Dialogue = z.output<typeof DialogueSchema>

/** All that a turn says, by service: its own first, then the others it touches. */
export const blocksOf = (turn: Turn): readonly Block[] => [turn, ...turn.also]

/** The service a block's gold state is about. */
export const stateService = ({ service, state_service }: Block): string => state_service ?? service
