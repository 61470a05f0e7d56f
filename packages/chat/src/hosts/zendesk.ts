import { createWidgetHost, type HostOptions, type WidgetHost } from "../widget/create-widget-host.ts"

export interface ZendeskOptions extends HostOptions {
  /** The id of the ticket field for each attribute. The field must be one that end users may edit. Others are not sent. */
  readonly fields: Readonly<Record<string, string>>
}

interface ZendeskPage extends Window {
  readonly zE?: (...args: readonly unknown[]) => unknown
}

interface StartedEvent {
  readonly conversationId?: string
  readonly payload?: { readonly conversationId?: string }
}

/** Zendesk's messaging widget. It tells no words: those come by its webhooks. Attributes become ticket fields with the next message. */
export const createZendeskHost = ({ fields, ...options }: ZendeskOptions): WidgetHost =>
  createWidgetHost<ZendeskPage>(
    {
      vendor: "Zendesk",
      limits: { keys: 100, text: 1_000, toKey: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined) },
      pace: 1_000,
      find: (page: ZendeskPage) => (typeof page.zE === "function" ? page : undefined),
      listen: (page, emit) => {
        const on = (event: string, hear: (told?: StartedEvent) => void) => page.zE?.("messenger:on", event, hear)
        const stops = [
          on("open", () => emit({ type: "opened" })),
          on("close", () => emit({ type: "closed" })),
          on("conversationStarted", (told) =>
            emit({
              type: "conversation.started",
              conversationId: told?.payload?.conversationId ?? told?.conversationId,
            }),
          ),
        ]
        // Older widgets answer nothing; what cannot be stopped is not asked for twice.
        if (!stops.every((stop) => typeof stop === "function")) return undefined
        return () => {
          for (const stop of stops) stop()
        }
      },
      put: (page, changed) =>
        page.zE?.(
          "messenger:set",
          "conversationFields",
          Object.entries(changed).map(([id, value]) => ({ id, value: value ?? "" })),
        ),
    },
    options,
  )
