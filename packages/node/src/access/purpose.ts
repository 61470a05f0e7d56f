/** What a read is for, as far as it concerns one customer. */
export interface Purpose {
  readonly name: string
  /** The fields that may serve it. */
  readonly serves: (field: string) => boolean
  /** Has the customer consented? True for `service`, which needs no consent. */
  readonly granted: boolean
}

/** What a context service is there for; the purpose of a read that names none. */
export const service = "service"
