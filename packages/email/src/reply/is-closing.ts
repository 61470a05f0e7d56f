import { bareLine, stripEnds } from "./bare-line.ts"

/** A line of a few words, one of them among these, closes a letter and says nothing else. */
const closings = words(
  "regards rgds cheers grüße grüßen grüsse grüssen gruß grüß gruss mfg lg vg hochachtungsvoll cordialement cdlt salutations amicalement saludos atentamente saluti atenciosamente cumprimentos saudações groet groeten groetjes mvg pozdrawiam pozdrowienia poważaniem hälsning hälsningar mvh hilsen hilsner terveisin pozdravem уважением повагою saygılarımla saygılarımızla üdvözlettel 敬具 此致 敬礼 敬禮 祝好 顺祝商祺 감사합니다 드림",
)
const phrases: ReadonlySet<string> = new Set(
  "best wishes|with best wishes|warm wishes|bien à vous|bien à toi|bonne journée|bonne soirée|un saludo|un cordial saludo|cordialmente|iyi çalışmalar|всего доброго|с наилучшими пожеланиями|yours faithfully|よろしくお願いいたします|よろしくお願い致します|宜しくお願い致します".split(
    "|",
  ),
)
/** These also say something by themselves, so they close a letter only where the writer's name follows. */
const thanks: ReadonlySet<string> = new Set(
  "thanks|thank you|thank you very much|many thanks|thanks a lot|thanks again|thanks in advance|thx|best|all the best|sincerely|sincerely yours|yours sincerely|yours|yours truly|respectfully|warmly|love|danke|vielen dank|danke schön|besten dank|merci|merci beaucoup|merci d'avance|gracias|muchas gracias|grazie|grazie mille|obrigado|obrigada|muito obrigado|muito obrigada|bedankt|dank u|hartelijk dank|dziękuję|dzięki|tack|tack på förhand|tak|på forhånd tak|takk|kiitos|děkuji|спасибо|teşekkürler|teşekkür ederim|ありがとうございます|谢谢|謝謝".split(
    "|",
  ),
)

const maxWords = 5

/** `closing` whatever follows, `thanks` only with the writer's name below. */
export const closingOf = (line: string): "closing" | "thanks" | undefined => {
  const bare = stripEnds(bareLine(line), " ,.!;:-–—~！，。、…")
  if (bare === "" || bare.length > 60 || /[,.;:?]/.test(bare)) return undefined
  if (thanks.has(bare)) return "thanks"
  if (phrases.has(bare)) return "closing"
  const all = bare.split(/[ &+/]/)
  return all.length <= maxWords && all.some((word) => closings.has(word)) ? "closing" : undefined
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "))
}
