/** They are back: why a server names a customer who was erased. A code, such as `new_contract`, for the audit trail. */
export interface Reaffirm {
  readonly reason: string
}
