/** Which of our channels a vendor's word for the way of a message stands for. Vendors tell the same few ways apart. */
export const vendorChannel = (word: string | undefined): string => {
  const ways: readonly (readonly [RegExp, string])[] = [
    [/whatsapp/i, "whatsapp"],
    [/sms|text/i, "sms"],
    [/mail/i, "email"],
    [/voice|phone|call/i, "phone"],
  ]
  return ways.find(([way]) => way.test(word ?? ""))?.[1] ?? "web-chat"
}
