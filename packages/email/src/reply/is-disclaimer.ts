const mail =
  /e-?mail|message|nachricht|courriel|mensaje|messaggio|mensagem|bericht|wiadomo|meddelande|besked|melding|viesti|zpráv|сообщени|письм|ileti|posta|メール|邮件|郵件/
const secret =
  /confidential|vertraulich|confidentiel|confidencial|riservat|confidenzial|vertrouwelijk|poufn|konfidentiel|fortrolig|luottamuks|důvěrn|конфиденциальн|gizli|機密|机密|intended recipient|intended solely|bestimmten? empfänger|disclaimer/
const other =
  /consider the environment before printing|denken sie an die umwelt|virus[- ]free|checked for viruses by|scanned for viruses|virenfrei|avast\.com|mailing list$|to unsubscribe from this group|you received this message because you are subscribed/
const shortest = 80

/** Whether a paragraph is what a company or a scanner puts under every mail of its people. */
export const isDisclaimer = (paragraph: readonly string[]): boolean => {
  const text = paragraph.slice(0, 12).join(" ").slice(0, 1_000).toLowerCase()
  return other.test(text.trim()) || (text.length >= shortest && mail.test(text) && secret.test(text))
}
