import type { AddressInfo } from "node:net"
import { canonicalIdentity } from "@tellonce/core"
import { type InboundEmail, maxMailBytes, parseMail, type SenderProof } from "@tellonce/email"
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server"

export interface MailServerOptions {
  /** The password that proves an address, in lower case; undefined when it has no account here. */
  readonly passwordOf: (address: string) => string | undefined
  /** The mail is taken once this is done; when it fails, the sender is told to try again. */
  readonly onMail: (mail: InboundEmail, proof: SenderProof) => Promise<void> | void
  /** 0 takes a free one. */
  readonly port: number
  /** The loopback interface unless told: passwords cross it without TLS. */
  readonly host?: string
}

export interface MailServer {
  readonly port: number
  close(): Promise<void>
}

/** A mail server of its own for the demo. Anyone may send; an account's password proves that account's address and no other. */
export const createMailServer = async (options: MailServerOptions): Promise<MailServer> => {
  const { passwordOf, onMail, port, host = "127.0.0.1" } = options
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
      receive(stream, session, onMail).then(
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
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

const receive = async (
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  onMail: MailServerOptions["onMail"],
) => {
  const raw = await readAll(stream)
  const parsed = await parseMail(raw)
  if (!parsed.ok) throw new SmtpError(parsed.code === "mail/too_large" ? 552 : 550, `${parsed.code} ${parsed.message}`)
  const { mailFrom } = session.envelope
  // Only a delivery report comes from nobody; the sender is in the envelope alone.
  const fromNobody = mailFrom !== false && mailFrom.address === ""
  const mail = fromNobody ? { ...parsed.mail, automated: parsed.mail.automated ?? "bounce" } : parsed.mail
  await onMail(mail, proofOf(mail, session.user))
}

const readAll = async (stream: SMTPServerDataStream): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  // What is over the limit is read to its end, as the sender expects, but not kept.
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Uint8Array)
  if (stream.sizeExceeded) throw new SmtpError(552, "The mail is over 10 MB")
  return Buffer.concat(chunks)
}

const proofOf = ({ from }: InboundEmail, account: unknown): SenderProof =>
  typeof account === "string" && account === canonical(from.address)
    ? { level: "verified", method: "smtp-auth", address: account }
    : { level: "claimed" }

const canonical = (address: string): string => canonicalIdentity({ kind: "email", value: address }).value

class SmtpError extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}
