const list = (words: string): readonly string[] => words.split("|")

/** How mail programs begin the subject of an automatic answer; a colon, a dash or nothing follows. */
const answers = list(
  "automatic reply|automatic-reply|automatic response|automatic answer|auto reply|auto-reply|autoreply|auto response|auto-response|autoresponse|auto answer|automated reply|automated response|automated answer|auto|out of office|out of the office|out of office reply|out of office autoreply|ooo|vacation reply|vacation message|vacation response|automatische antwort|automatische antwoord|automatische reactie|automatisch antwoord|autom. antwort|abwesenheitsnotiz|abwesenheitsassistent|abwesend|réponse automatique|reponse automatique|absence du bureau|message d'absence|message d’absence|absent du bureau|respuesta automática|respuesta automatica|fuera de la oficina|ausente|risposta automatica|fuori sede|fuori ufficio|resposta automática|resposta automatica|fora do escritório|ausência temporária|afwezigheidsbericht|afwezig|automatyczna odpowiedź|odpowiedź automatyczna|poza biurem|nieobecność|automatiskt svar|autosvar|frånvaro|frånvarande|automatisk svar|ikke til stede|fraværende|fravær|automaattinen vastaus|poissa|automatická odpověď|automatická odpoveď|mimo kancelář|автоматический ответ|автоответ|автоматична відповідь|нет на месте|otomatik yanıt|otomatik cevap|ofis dışında|automatikus válasz|házon kívül|răspuns automat|αυτόματη απάντηση|自動返信|自動応答|不在通知|不在のお知らせ|自动答复|自动回复|自動回覆|自動回復|자동 회신|자동 응답|부재중",
)
/** Whole sentences no person writes. */
const reports = list(
  "undelivered mail returned to sender|mail delivery failed|delivery status notification|delivery failure|delivery notification|returned mail: |mail delivery system|mail delivery failure|mail system error|undeliverable mail|message delivery failure|warning: could not send message|non-delivery report|notification d'état de remise|notification d’état de remise|mail konnte nicht zugestellt werden|系统退信",
)
/** Words a person might begin with too; they count where the sender is no person. */
const reportLike = list(
  "undeliverable|undelivered|failure notice|returned mail|unzustellbar|nicht zustellbar|non remis|non distribuable|échec de la remise|no se puede entregar|no entregado|non recapitabile|mancato recapito|não é possível entregar|não entregue|onbestelbaar|niet te bezorgen|niedostarczalne|nie można dostarczyć|kan inte levereras|kan ikke leveres|ei voitu toimittaa|toimittamaton|nelze doručit|nedoručitelné|недоставлено|не доставлено|не удалось доставить|teslim edilemedi|kézbesíthetetlen|配信不能|配信できません|未送达|无法投递|無法傳遞|退信|배달되지 않음|전달할 수 없음",
)

export const isAnswerSubject = (subject: string): boolean => {
  const bare = toBare(subject)
  return answers.some((words) => bare.startsWith(words) && /^ ?(?:[:：!]|[-–—] |$)/.test(bare.slice(words.length)))
}

export const isReportSubject = (subject: string, fromNobody: boolean): boolean => {
  const bare = toBare(subject)
  const begins = (words: string) => bare.startsWith(words)
  return reports.some(begins) || (fromNobody && reportLike.some(begins))
}

const toBare = (subject: string): string =>
  subject.slice(0, 200).normalize("NFC").replace(/\s/g, " ").trim().toLowerCase()
