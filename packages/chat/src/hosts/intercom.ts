import { createWidgetHost, type HostOptions, type WidgetHost } from "../widget/create-widget-host.ts"

type Intercom = (command: string, ...args: readonly unknown[]) => unknown

const intercomOf = (page: Window) => (page as { readonly Intercom?: unknown }).Intercom as Intercom | undefined

/** What `update` takes for who the visitor is, or how the messenger looks: an attribute of that name must not become that. */
const reserved = new Set(
  `action_color alignment api_base app_id avatar background_color companies company created_at custom_launcher_selector email
  hide_default_launcher hide_notifications horizontal_padding installation_type intercom_user_jwt language_override last_request_at
  logout name page_title phone session_duration theme_mode unsubscribed_from_emails user_hash user_id vertical_padding`.split(
    /\s+/,
  ),
)

/**
 * Intercom's messenger. It tells no words: those come by its webhooks. The app's own loader stays in charge of who the visitor is; no `boot`
 * is needed or made here.
 */
export const createIntercomHost = (options?: HostOptions): WidgetHost =>
  createWidgetHost<Intercom>(
    {
      vendor: "Intercom",
      limits: { keys: 100, text: 255, toKey },
      // Intercom takes 20 updates in 30 minutes, and then none.
      pace: 90_000,
      // Its loader's queue takes commands at once, and is replaced later: so the function is read anew for each.
      find: (page) =>
        typeof intercomOf(page) === "function" ? (command, ...args) => intercomOf(page)?.(command, ...args) : undefined,
      listen: (intercom, emit) => {
        intercom("onShow", () => emit({ type: "opened" }))
        intercom("onHide", () => emit({ type: "closed" }))
        // It does not say which address.
        intercom("onUserEmailSupplied", () => emit({ type: "identity.claimed" }))
        return undefined
      },
      put: (intercom, changed) => intercom("update", changed),
    },
    options,
  )

const toKey = (name: string): string => {
  const key = name.replace(/[^\w -]/g, "_").slice(0, 180)
  return reserved.has(key.toLowerCase()) ? `context_${key}` : key
}
