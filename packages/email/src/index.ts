export type {
  Automated,
  Bounce,
  FailedRecipient,
  InboundEmail,
  MailAttachment,
  Mailbox,
  MailEnvelope,
} from "./inbound-email.ts"
export {
  type ContextGrant,
  type ContextLinks,
  type ContextLinksOptions,
  createContextLinks,
} from "./out/create-context-links.ts"
export {
  createReplyThreads,
  type KeptThread,
  type OpenThread,
  type ReplyThreads,
  type ReplyThreadsOptions,
} from "./out/create-reply-threads.ts"
export type { MailKeys } from "./out/derive-keys.ts"
export { type MayAnswer, mayAnswer } from "./out/may-answer.ts"
export { type ReplyPhrases, type ReplyTemplateOptions, replyTemplate } from "./out/reply-template.ts"
export { type MailMessage, type OutgoingMail, toMessage } from "./out/to-message.ts"
export { type Promotion, type PromotionOptions, toPromotion } from "./out/to-promotion.ts"
export { maxMailBytes, type ParsedMail, parseMail } from "./parse/parse-mail.ts"
export { answerStatus } from "./providers/answer-status.ts"
export type { BasicAuth } from "./providers/basic-auth.ts"
export { createDeliveries } from "./providers/create-deliveries.ts"
export { createMailgun, type MailgunOptions } from "./providers/create-mailgun.ts"
export { createPostmark, type PostmarkOptions } from "./providers/create-postmark.ts"
export { createSendGrid, type SendGridOptions } from "./providers/create-sendgrid.ts"
export { createSes, type SesOptions } from "./providers/create-ses.ts"
export type { Delivery, MailProvider, ProviderOptions, Received, WebhookRequest } from "./providers/mail-provider.ts"
export { type Deliveries, type ReceiveOptions, receiveMail } from "./providers/receive-mail.ts"
export { type MailBody, replyText } from "./reply/reply-text.ts"
export { type SenderProof, senderIdentity, toSenderProof } from "./sender-proof.ts"
export { type MailSignalOptions, type MailSignals, toSignals } from "./to-signals.ts"
export {
  type Authenticate,
  type Authenticated,
  checkSender,
  type MailDns,
  type SenderCheck,
} from "./trust/check-sender.ts"
export { type AuthResultsOptions, readAuthResults } from "./trust/read-auth-results.ts"
export type { SenderAuth } from "./trust/sender-auth.ts"
export { type MailTrust, type ReplyThread, type TrustLevel, type TrustOptions, trustMail } from "./trust/trust-mail.ts"
export { createMailReader, type MailReader, type MailReaderOptions } from "./worker/create-mail-reader.ts"
