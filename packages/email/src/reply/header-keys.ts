export type HeaderKind = "from" | "sent" | "date" | "to" | "cc" | "subject" | "other"

/** How mail programs name the headers of the mail they quote, in lower case. */
const names: Readonly<Record<HeaderKind, string>> = {
  from: "from|von|de|da|van|od|från|fra|lähettäjä|от|kimden|差出人|发件人|發件人|寄件者|寄件人|보낸 사람|보낸사람|expéditeur|mittente|remitente|remetente|absender|afzender|nadawca|odesílatel|odosielateľ|feladó|avsändare|afsender|avsender|від|gönderen|από|отправитель|送信者|送信元|expeditor|saatja|no|nuo|pošiljatelj|de la|מאת|من|từ|dari|จาก",
  sent: "sent|gesendet|gesendet am|envoyé|envoyé le|envoyée|enviado|enviado el|enviado em|enviada|enviada em|enviado a|inviato|inviato il|verzonden|wysłano|wysłane|skickat|sendt|lähetetty|odesláno|odoslané|отправлено|gönderilen tarih|gönderildi|gönderim tarihi|gönderme tarihi|送信日時|发送时间|发送日期|寄件日期|傳送時間|傳送日期|發送時間|보낸 날짜|보낸날짜|elküldve|надіслано|trimis|στάλθηκε|изпратено|poslano|נשלח|تاريخ الإرسال|đã gửi|terkirim",
  date: "date|datum|data|fecha|dato|päivämäärä|pvm|päiväys|дата|tarih|日時|日付|日期|时间|날짜|dátum|message du|ημερομηνία|data/hora|kuupäev|תאריך|التاريخ|ngày|tanggal",
  to: "to|an|à|a|para|aan|naar|do|till|til|vastaanottaja|komu|кому|kime|alıcı|宛先|收件人|收件者|받는 사람|받는사람|címzett|destinataire|destinatario|destinatari|destinatário|empfänger|ontvanger|odbiorca|către|mottaker|mottagare|modtager|pro|προς|до|אל|إلى|đến|kepada",
  cc: "cc|bcc|kopie|kopie an|copie|copie à|cópia|copia|con copia a|kopia|kopi|kopi til|kopio|копия|копія|bilgi|抄送|副本|密件抄送|참조|dw|udw|ccn|cci|kopie (cc)|másolatot kap|κοιν",
  subject:
    "subject|betreff|betrifft|objet|sujet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|aihe|předmět|predmet|тема|konu|件名|主题|主題|主旨|제목|tárgy|subiect|téma|θέμα|относно|nume|נושא|الموضوع|chủ đề|perihal",
  other:
    "reply-to|reply to|antwort an|répondre à|responder a|rispondi a|attachments|anlagen|anhänge|pièces jointes|datos adjuntos|allegati|anexos|bijlagen|załączniki|bilagor|vedhæftede filer|vedlegg|liitteet|přílohy|вложения|ekler|添付ファイル|附件|첨부|importance|wichtigkeit|priorität|priority|organization|organisation|mailed-by|signed-by",
}

const kinds: ReadonlyMap<string, HeaderKind> = new Map(
  Object.entries(names).flatMap(([kind, list]) => list.split("|").map((name) => [name, kind as HeaderKind] as const)),
)

const longestName = 24

/** Which header of a quoted mail the (bare) line names. */
export const headerKind = (bare: string): HeaderKind | undefined => {
  const ascii = bare.indexOf(":")
  const wide = bare.indexOf("：")
  const colon = ascii === -1 || (wide !== -1 && wide < ascii) ? wide : ascii
  if (colon < 1 || colon > longestName) return undefined
  return kinds.get(bare.slice(0, colon).trim().replaceAll("_", ""))
}
