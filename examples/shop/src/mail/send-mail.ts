import type { MailMessage } from "@tellonce/email"
import nodemailer from "nodemailer"

export interface PlainMail {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The Message-ID of the mail this one answers. */
  readonly inReplyTo?: string
}

export interface Submission {
  readonly port: number
  readonly auth?: { readonly user: string; readonly pass: string }
}

/** Sends one mail to the mail server on this machine; resolves once the server has taken it. */
export const sendMail = async ({ port, auth, ...mail }: Submission & (PlainMail | MailMessage)): Promise<void> => {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true, ...(auth && { auth }) })
  try {
    await transport.sendMail({ ...(mail.inReplyTo && { references: mail.inReplyTo }), ...mail })
  } finally {
    transport.close()
  }
}
