import type { ContextDefinition, Fields, Millis } from "@tellonce/core"
import { createCloudEvents } from "./cloud-events/create-cloud-events.ts"
import { createKeep } from "./create-keep.ts"
import type { Call, Desk, Handler } from "./handler.ts"
import { answerPreflight, answerThrown } from "./http/answer.ts"
import { isProblem } from "./http/problem.ts"
import type { RecordSignals } from "./record-signals.ts"
import { createSegment } from "./segment/create-segment.ts"
import { createSegmentSettings } from "./segment/create-segment-settings.ts"
import type { Sources } from "./sources.ts"
import { createWebhooks } from "./webhooks/create-webhooks.ts"
import { toSenders } from "./webhooks/to-senders.ts"
import { checkWriteKeys, createFindSender, type WriteKeys } from "./write-keys.ts"

/** What comes in, how it is understood and where it goes. */
export interface IngestOptions<F extends Fields> {
  readonly context: ContextDefinition<F>
  readonly keys: WriteKeys
  readonly sources: NoInfer<Sources<F>>
  readonly record: RecordSignals
  /** Epoch milliseconds. */
  readonly clock: () => Millis
  /** Told of what was refused though its sender was answered as if it were not, by codes alone; to stderr unless told. */
  readonly onError?: (error: unknown) => void
  /** Where the outside reaches this service, where a proxy stands between: `"https://context.shop.example"`. */
  readonly url?: string
}

/** A handler to mount before the service. */
export interface Ingest {
  /** Answers what comes on a path of a source; undefined for anything else, which is the service's. Never rejects. */
  fetch(request: Request): Promise<Response | undefined>
}

/** The ways in for other people's formats. Mount it before the service: `(await ingest.fetch(request)) ?? tellonce.fetch(request)`. */
export const createIngest = <const F extends Fields>(options: IngestOptions<F>): Ingest => {
  const { context, keys, sources, record, clock } = options
  const onError = toReporter(options.onError ?? console.error)
  checkWriteKeys(keys)
  const origin = options.url === undefined ? undefined : new URL(options.url).origin
  const desk: Desk = {
    keep: createKeep({ definition: context, record, clock, onError }),
    findSender: createFindSender(keys),
    clock,
    onError,
    originOf: ({ url }) => origin ?? url.origin,
  }
  const handlers: readonly Handler[] = [
    ...(sources.segment ? [createSegment(sources.segment, desk), createSegmentSettings(desk)] : []),
    ...(sources.cloudEvents ? [createCloudEvents(sources.cloudEvents, desk)] : []),
    createWebhooks(toSenders(sources), desk),
  ]
  return { fetch: (request) => respond({ request, url: new URL(request.url) }, handlers, onError) }
}

/** What listens to failures must not become one. */
const toReporter =
  (onError: (error: unknown) => void): ((error: unknown) => void) =>
  (error) => {
    try {
      onError(error)
    } catch {
      // There is nobody left to tell.
    }
  }

const respond = async (
  call: Call,
  handlers: readonly Handler[],
  onError: (error: unknown) => void,
): Promise<Response | undefined> => {
  const respondTo = handlers.map((handler) => handler(call)).find((found) => found !== undefined)
  if (respondTo === undefined) return undefined
  if (call.request.method === "OPTIONS") return answerPreflight()
  try {
    return await respondTo()
  } catch (thrown) {
    if (!isProblem(thrown)) onError(thrown)
    return answerThrown(thrown)
  }
}
