/** What a CRM knows of the customer at hand, and how it loads its frame. */
export interface CrmAccess {
  readonly requester: { readonly id: number; readonly name: string; readonly email: string }
  readonly deskUrl: string
  readonly zendeskToken: string
  readonly chatwootSecret: string
}
