import { bareLine } from "./bare-line.ts"

/** How the line begins or ends by which a program names itself under a mail. */
const opening =
  /^[-–—_ ]{0,4}(?:sent (?:from|via|with|using)|get (?:outlook|bluemail|mailbird)|von meine[mr]|gesendet (?:von|mit|über)|verschickt|diese nachricht wurde (?:von|mit)|outlook für|holen sie sich|laden sie|envoyé|obtenez|télécharge[rz]|enviado|enviada|obtener|obtén|descarga|inviat[oa]|ottieni|scarica|obte[rn]|baixe|verzonden|verstuurd|download|outlook voor|wysłan[eo]|pobierz|skickat|hämta|skaffa|sendt|hent|få|lähetetty|hanki|odeslán[oa]|odoslané|získat|stáhn|отправлен[оа]|скача|получить|надіслано|outlook для|trimis|küldve|εστάλη|στάλθηκε|发自|來自|从我的|從我的|傳送自|yahoo mail|ios版|outlook'u)/
const ending =
  /(?:gesendet|gönderildi|küldve|edinin|送信|送信しました|送信されました|にて|에서 보냄|에서 전송|傳送|发送)[.。]?$/
const product =
  /iphon|ipad|ipod|android|samsung|galaxy|blackberry|huawei|xiaomi|redmi|oneplus|pixel|nokia|xperia|motorola|windows|outlook|yahoo|gmail|proton|(?<!\p{L})aol(?!\p{L})|gmx|web\.de|t-online|mailspring|spark|thunderbird|airmail|bluemail|superhuman|tutanota|tuta|zoho|fastmail|айфон|айпад|mail\.ru|яндекс|mail für|mail for|mailbird|mail pour|mail voor/u
const mine =
  /(?<!\p{L})(?:my|meinem|meiner|mon|mi|mio|mia|meu|minha|mijn|mojego|min|mitt|mit|mého|můj|моего|мого|meu|我的)(?!\p{L})|我的/u
/** Addresses of stores and of makers, which some programs add. */
const link = /<[^<>]*>|\[[^[\]]*\]|https?:\S+/g

/** Whether a mail program or a phone names itself: "Sent from my iPhone", in the languages people read their mail in. */
export const isMobileFooter = (line: string): boolean => {
  const bare = bareLine(line).replace(link, "").trim()
  if (bare.length === 0 || bare.length > 100 || /[?？]/.test(bare)) return false
  if (!opening.test(bare) && !ending.test(bare)) return false
  return product.test(bare) || (mine.test(bare) && bare.split(" ").length <= 6 && !bare.includes(","))
}
