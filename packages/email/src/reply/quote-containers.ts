/** How mail programs mark, in HTML, what they quote: the mail itself, the line above it, and where everything below is quoted. */
export const quoted: readonly string[] = [
  "blockquote",
  ".gmail_quote",
  ".yahoo_quoted",
  '[class*="yahoo_quoted"]',
  '[id*="yahoo_quoted"]',
  ".protonmail_quote",
  ".tutanota_quote",
  ".zmail_extra",
  ".moz-forward-container",
  ".sh-quoted-content",
  ".front-blockquote",
  ".freshdesk_quote",
  "#isReplyContent",
  "#mail-app-auto-quote",
  ".OutlookMessageHeader",
  'div[name="quote"]',
  '[name="messageReplySection"]',
]

export const attribution: readonly string[] = [
  ".gmail_attr",
  ".moz-cite-prefix",
  ".moz-email-headers-table",
  ".zmail_extra_hr",
  "#reply-intro",
]

export const restBegins: readonly string[] = [
  "#divRplyFwdMsg",
  '[id$="divRplyFwdMsg"]',
  "#appendonsend",
  '[id$="appendonsend"]',
  "#mail-editor-reference-message-container",
]

export const signature: readonly string[] = [
  ".gmail_signature",
  ".gmail_signature_prefix",
  ".moz-signature",
  ".protonmail_signature_block",
  '[class*="yahoo-signature"]',
  "#ms-outlook-mobile-body-separator-line",
  "#ms-outlook-mobile-signature",
  '[id$="ms-outlook-mobile-signature"]',
  "#AppleMailSignature",
  "#composer_signature",
  '[data-signatureblock="true"]',
  '[name="messageSignatureSection"]',
  ".aol_signature",
  '[id^="Zm-_Id_-Sgn"]',
]
