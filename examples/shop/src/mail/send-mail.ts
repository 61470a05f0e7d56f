import nodemailer from "nodemailer"

export interface OutgoingMail {
  readonly port: number
  readonly auth?: { readonly user: string; readonly pass: string }
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The Message-ID of the mail this one answers. */
  readonly inReplyTo?: string
}

/** Sends one mail to the mail server on this machine; resolves once the server has taken it. */
export const sendMail = async ({ port, auth, inReplyTo, ...mail }: OutgoingMail): Promise<void> => {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true, ...(auth && { auth }) })
  try {
    await transport.sendMail({ ...mail, ...(inReplyTo && { inReplyTo, references: inReplyTo }) })
  } finally {
    transport.close()
  }
}
