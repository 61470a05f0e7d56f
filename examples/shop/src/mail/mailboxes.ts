import type { Journal } from "../journal.ts"

export interface KeptMail {
  /** Whose mailbox it lies in. */
  readonly owner: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly at: number
  readonly messageId: string
  /** Where an answer to it goes, if elsewhere than to its sender. */
  readonly replyTo?: string
}

/** What the customers' mail programs show: sent and received, newest first. Links in a mail are for its reader alone, so no mail is shown from the context. */
export const createMailboxes = (journal: Journal<KeptMail>) => ({
  keep: journal.append,
  of: (owner: string): readonly KeptMail[] => journal.entries.filter((mail) => mail.owner === owner).reverse(),
})

export type Mailboxes = ReturnType<typeof createMailboxes>
