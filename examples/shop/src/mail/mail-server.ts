import type { AddressInfo } from "node:net"
import { canonicalIdentity } from "@tellonce/core"
import { createMailReader, type InboundEmail, type MailReader, maxMailBytes, type SenderProof } from "@tellonce/email"
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server"

export interface MailServerOptions {
  /** The password that proves an address, in lower case; undefined when it has no account here. */
  readonly passwordOf: (address: string) => string | undefined
  /** The mail is taken once this is done; when it fails, the sender is told to try again. */
  readonly onMail: (mail: InboundEmail, proof: SenderProof, account: string | undefined) => Promise<void> | void
  /** What can be proven of a sender without an account here: nothing unless told. */
  readonly prove?: (from: string, transfer: Transfer) => Promise<SenderProof>
  /** 0 takes a free one. */
  readonly port: number
  /** The loopback interface unless told: passwords cross it without TLS. */
  readonly host?: string
}

/** A mail as it came over SMTP, and from whom. */
export interface Transfer {
  readonly raw: Uint8Array
  readonly client: { readonly ip: string; readonly helo: string; readonly mailFrom: string }
}

export interface MailServer {
  readonly port: number
  close(): Promise<void>
}

/** A mail server of its own for the demo. Anyone may send; an account's password proves that account's address and no other. */
export const createMailServer = async (options: MailServerOptions): Promise<MailServer> => {
  const { passwordOf, port, host = "127.0.0.1" } = options
  // In a thread of its own: no mail, however nested, holds up the shop.
  const reader = createMailReader()
  // The thread starts now, and not with the first customer's mail.
  void reader.read("")
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    size: maxMailBytes,
    rejectOversized: true,
    closeTimeout: 1_000,
    onAuth: ({ username = "", password }, _session, done) => {
      const address = canonical(username)
      const known = passwordOf(address)
      if (known === undefined || known !== password) return done(new SmtpError(535, "Wrong address or password"))
      done(null, { user: address })
    },
    onData: (stream, session, done) => {
      receive(stream, session, reader, options).then(
        () => done(),
        (error: unknown) =>
          done(error instanceof SmtpError ? error : new SmtpError(451, "Not taken. Try again later.")),
      )
    },
  })
  // A client that hangs up is no fault of ours, and an unheard "error" event ends the process.
  server.on("error", () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await reader.close()
    },
  }
}

const receive = async (
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  reader: MailReader,
  { onMail, prove }: MailServerOptions,
) => {
  const raw = await readAll(stream)
  const read = await reader.read(raw)
  if (!read.ok) throw new SmtpError(statusOf(read.code), `${read.code} ${read.message}`)
  const { mailFrom, rcptTo } = session.envelope
  const sentBy = mailFrom === false ? "" : mailFrom.address
  const mail = {
    ...read.mail,
    // Only a delivery report comes from nobody; the sender is in the envelope alone.
    automated: read.mail.automated ?? (sentBy === "" ? ("bounce" as const) : null),
    envelope: { from: sentBy, to: rcptTo.map(({ address }) => address) },
  }
  const account = typeof session.user === "string" ? session.user : undefined
  const from = mail.from.address
  const client = { ip: session.remoteAddress, helo: String(session.clientHostname), mailFrom: sentBy }
  const unproven = { level: "claimed" } as const
  const proof = account === canonical(from) ? byAccount(account) : ((await prove?.(from, { raw, client })) ?? unproven)
  await onMail(mail, proof, account)
}

const statusOf = (code: string): number => {
  if (code === "mail/too_large") return 552
  // The sender may try again later.
  return code === "mail/busy" || code === "mail/closed" ? 451 : 550
}

const byAccount = (address: string): SenderProof => ({ level: "verified", method: "smtp-auth", address })

const readAll = async (stream: SMTPServerDataStream): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  // What is over the limit is read to its end, as the sender expects, but not kept.
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Uint8Array)
  if (stream.sizeExceeded) throw new SmtpError(552, "The mail is over 10 MB")
  return Buffer.concat(chunks)
}

const canonical = (address: string): string => canonicalIdentity({ kind: "email", value: address }).value

class SmtpError extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}
