import { TellonceError } from "@tellonce/core"
import * as z from "zod"
import type { AccessPolicy, Agent } from "./access-policy.ts"
import { agentActions } from "./action.ts"

const Name = z.string().min(1).max(128)
const FieldList = z.union([z.literal("all"), z.array(Name)])
const Entry = z.strictObject({
  id: Name.regex(/^\S+$/),
  kind: z.enum(["human", "bot", "ai", "automation"]),
  owner: Name,
  channel: z.string().min(1).max(64),
  reads: FieldList,
  writes: FieldList,
  actions: z.array(z.enum(agentActions)),
  purposes: z.array(Name),
})

/** Throws `config/agents` or `config/purposes` for what cannot be meant, so that a mistyped field is found at the start and not by its absence. */
export const checkPolicy = ({ agents = [], purposes = {} }: AccessPolicy, fields: readonly string[]): void => {
  const known = new Set(fields)
  const seen = new Set<string>()
  for (const [index, agent] of agents.entries()) {
    checkEntry(agent, index)
    if (seen.has(agent.id))
      throw unfit("agents", `The agent "${agent.id}" is registered twice. Give each an id of its own.`)
    seen.add(agent.id)
    for (const field of [...listed(agent.reads), ...listed(agent.writes)]) {
      if (!known.has(field)) throw unfit("agents", `The agent "${agent.id}" ${unknownField(field)}`)
    }
    const house = listed(agent.writes).find((field) => field.startsWith("$"))
    if (house !== undefined) {
      throw unfit(
        "agents",
        `The agent "${agent.id}" cannot write "${house}": list the action that states it, such as "tell".`,
      )
    }
  }
  for (const [field, names] of Object.entries(purposes)) {
    if (!known.has(field)) throw unfit("purposes", `"purposes" ${unknownField(field)}`)
    if (!z.array(Name).safeParse(names).success)
      throw unfit("purposes", `"${field}" needs a list of purposes, such as ["service"].`)
  }
}

const checkEntry = (agent: Agent, index: number) => {
  const parsed = Entry.safeParse(agent)
  if (parsed.success) return
  const [issue] = parsed.error.issues
  throw unfit("agents", `agents[${index}].${issue?.path.join(".") ?? ""}: ${issue?.message ?? "refused"}.`)
}

const listed = (list: Agent["reads"]): readonly string[] => (list === "all" ? [] : list)

const unknownField = (field: string) =>
  `names "${field}", which the definition does not have. Declare the field, or correct the name.`

const unfit = (what: "agents" | "purposes", message: string) => new TellonceError(`config/${what}`, message)
