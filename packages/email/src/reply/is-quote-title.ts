import { bareLine, stripEnds } from "./bare-line.ts"
import { headerKind } from "./header-keys.ts"

/** What mail programs put between dashes above the mail they answer or pass on. */
const titles: ReadonlySet<string> = new Set(
  "original message|original e-mail|original email|original mail|original|originals|reply message|forwarded message|forwarded mail|ursprüngliche nachricht|ursprungliche nachricht|originalnachricht|original-nachricht|original nachricht|weitergeleitete nachricht|message d'origine|message d’origine|message original|message initial|message transféré|message réexpédié|courriel original|mensaje original|mensaje reenviado|missatge original|messaggio originale|messaggio inoltrato|mensagem original|mensagem encaminhada|mensagem reencaminhada|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana dalej|przekazana wiadomość|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|oprindelig besked|original besked|oprindelig meddelelse|videresendt besked|videresendt meddelelse|opprinnelig melding|original melding|videresendt melding|alkuperäinen viesti|välitetty viesti|původní zpráva|původní e-mail|přeposlaná zpráva|pôvodná správa|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|перенаправленное сообщение|переадресованное сообщение|оригінальне повідомлення|переслане повідомлення|özgün ileti|orijinal mesaj|orijinal ileti|iletilen ileti|iletilmiş mesaj|yönlendirilen ileti|元のメッセージ|元のメール|オリジナルメッセージ|転送メッセージ|転送されたメッセージ|转发的邮件|转发邮件|转发邮件信息|原始邮件|原始郵件|原邮件|原始信件|轉寄郵件|轉寄的郵件|転送|원본 메시지|원본 메일|전달된 메시지|eredeti üzenet|továbbított üzenet|mesaj original|mesaj redirecționat|αρχικό μήνυμα|προωθημένο μήνυμα|izvorna poruka|originalna poruka|הודעה מקורית|الرسالة الأصلية|tin nhắn gốc|pesan asli".split(
    "|",
  ),
)

/** What Apple's programs write above a mail that is passed on, without dashes. */
const announcements: ReadonlySet<string> = new Set(
  "begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem encaminhada|início da mensagem reencaminhada|begin doorgestuurd bericht|początek przekazywanej wiadomości|początek przekazanej wiadomości|vidarebefordrat brev|vidarebefordrat mejl|start på videresendt besked|start på videresendt melding|videresendt melding|välitetty viesti alkaa|začátek přeposílané zprávy|začátek přeposlané zprávy|начало переадресованного сообщения|начало пересланного сообщения|iletilen ileti başlangıcı|転送されたメッセージ|开始转发的邮件|下面是被转发的邮件|開始轉寄訊息|以下是轉寄的郵件|전달된 메시지 시작".split(
    "|",
  ),
)

/** What support desks put on top of their mail, so that they find it again below an answer. */
const divider =
  /above this line|over this line|oberhalb dieser (?:zeile|linie)|über diese[rn]? (?:zeile|linie)|au-dessus de cette ligne|encima de esta línea|sopra questa (?:riga|linea)|acima desta linha|boven deze (?:regel|lijn)|powyżej tej linii|ovanför den här (?:raden|linjen)|over denne linj[ea]|выше этой (?:строки|линии)|この行より上|在此行上方|在此线以上/

/** Whether the line is the title of a quoted or forwarded mail. */
export const isQuoteTitle = (lines: readonly string[], at: number): boolean => {
  const bare = bareLine(lines[at] ?? "")
  if (bare === "") return false
  if (/^[#=\-_~<[(]/.test(bare) && divider.test(bare)) return true
  const colon = /[:：]$/.test(bare)
  if (colon && announcements.has(bare.slice(0, -1).trim())) return true
  const dashed = /^(?:-{2,}|—{2,}|_{5,}|={3,}|\+{3,}|#{3,}|~{3,})/.test(bare)
  if (!dashed) return false
  const said = stripEnds(stripEnds(bare, "-—_=+#~ "), ":：")
  if (titles.has(said)) return true
  // Another language's title, as the headers below it say.
  const closed = /(?:-|—|_|=){2}$/.test(bare)
  return closed && said.length > 2 && said.length < 60 && namesSender(lines, at + 1)
}

const namesSender = (lines: readonly string[], at: number): boolean => {
  const next = bareLine(lines.slice(at, at + 2).find((line) => line.trim() !== "") ?? "")
  const kind = headerKind(next)
  return kind !== undefined && kind !== "other" && (next.includes("@") || kind === "date" || kind === "sent")
}
