import { type Context, isEvent, type SignalEvent } from "@tellonce/core"

type LinkEvent = Extract<SignalEvent, { readonly name: "linked" | "unlinked" }>

/** The context with only those of its proven statements on links. */
export const withLinks = (context: Context, isKept: (event: LinkEvent) => boolean): Context => {
  const place = context.definition.placeOf.get("$links")?.index ?? -1
  const links = context.entries[place] ?? []
  const kept = links.filter(
    ({ value }) => isEvent(value as SignalEvent, "linked", "unlinked") && isKept(value as LinkEvent),
  )
  if (kept.length === links.length) return context
  return { ...context, entries: context.entries.map((list, index) => (index === place ? kept : list)) }
}

/** A link that has ended says no more of a customer than one that never was. It is kept, so that a late repetition cannot join them again. */
export const withoutEndedLinks = (context: Context): Context => withLinks(context, ({ name }) => name === "linked")
