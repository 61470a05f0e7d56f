import { encodeContext, view } from "@tellonce/core"
import { stripSignal } from "../access/strip-signal.ts"
import type { AllowedCustomer } from "../allow-customer.ts"
import { canonicalHash } from "../canonical-hash.ts"
import type { Service } from "../service.ts"
import { contextOf } from "../stored-context.ts"
import { choicesIn } from "./consent-field.ts"
import { consentHistory } from "./consent-history.ts"
import type { ExportLine } from "./export-lines.ts"
import { keepFields } from "./keep-only.ts"
import { logOf } from "./log-of.ts"
import { isExpired, withoutExpired } from "./without-expired.ts"

/**
 * All that is kept of a customer, line by line, as far as the caller may read it. Only a whole export (`isWhole`) holds the contexts,
 * from which an import rebuilds what is no longer in the log.
 */
export async function* exportCustomer(
  service: Pick<Service, "definition" | "store" | "clock" | "privacy">,
  { customer, isWhole }: { readonly customer: AllowedCustomer; readonly isWhole: boolean },
): AsyncGenerator<ExportLine, void> {
  const { definition, store, clock, privacy } = service
  const { keys, context, reads, identity } = customer
  const now = clock()
  const { name, version } = definition
  const { links } = view(context, { now }).$
  const identities = customer.identities
  yield { type: "export", format: "tellonce.export/1", at: now, definition: { name, version }, identities, links }
  if (isWhole) {
    for (const stored of await store.read(keys)) {
      if (stored.encoded === undefined && stored.tail.length === 0) continue
      const known = withoutExpired(contextOf(definition, stored), now)
      yield { type: "context", key: stored.key, context: JSON.parse(encodeContext(known)) }
    }
  }
  let signals = 0
  const [own = ""] = identities
  for await (const { key, received, signal } of logOf(store, keys)) {
    const live = keepFields(signal, (field) => !isExpired(definition, field, signal.at, now))
    const shown = isWhole ? live : live && stripSignal(live, reads, identity)
    if (shown === undefined) continue
    signals++
    yield { type: "signal", key: reads.has("$links") ? key : own, received, signal: shown }
  }
  const consent = { state: choicesIn(context, now), history: isWhole ? await consentHistory(service, keys) : [] }
  const recipients = isWhole ? await privacy.recipients(keys) : []
  yield { type: "summary", signals, consent, recipients, hash: canonicalHash(context) }
}
