import { describe, expect, it } from "vitest"
import { replyText } from "./reply-text.ts"

const own = "<div>It is A-1001.</div><div><br></div><div>The grinder is stuck.</div>"
const reply = "It is A-1001.\n\nThe grinder is stuck."
const old = "<div>How are you?</div><div>Acme</div>"

describe("what a mail program marks as quoted is left out", () => {
  it.each([
    [
      "Gmail",
      `<div dir="ltr">${own}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, May 6, 2024 at 10:00 AM Acme &lt;<a href="mailto:help@acme.example">help@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0">${old}</blockquote></div>`,
    ],
    [
      "Gmail, passed on",
      `<div dir="ltr">${own}<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: Acme</div>${old}<blockquote>older</blockquote></div></div>`,
    ],
    [
      "Gmail, with its signature",
      `${own}<div><br></div><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Ada Lovelace<br>Analyst</div>`,
    ],
    [
      "Outlook on the web",
      `${own}<div id="Signature"></div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>De :</b> Acme<br><b>Envoyé :</b> lundi</div>${old}`,
    ],
    [
      "Outlook for phones",
      `<div dir="auto">${own}</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><div id="mail-editor-reference-message-container"><hr><b>From:</b> Acme ${old}</div>`,
    ],
    [
      "Outlook for Windows",
      `<div class="WordSection1"><p class="MsoNormal">It is A-1001.</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">The grinder is stuck.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Von:</b> Acme &lt;help@acme.example&gt; <br><b>Gesendet:</b> Montag, 6. Mai 2024 10:00<br><b>An:</b> Ada<br><b>Betreff:</b> Order</p></div>${old}</div>`,
    ],
    [
      "Apple Mail",
      `${own}<div><br><blockquote type="cite"><div>On 6 May 2024, at 10:00, Acme &lt;help@acme.example&gt; wrote:</div>${old}</blockquote></div>`,
    ],
    [
      "Thunderbird",
      `<p>It is A-1001.</p><p>The grinder is stuck.</p><div class="moz-cite-prefix">Le 06/05/2024 à 10:00, Acme a écrit :<br></div><blockquote type="cite" cite="mid:1@acme.example">${old}</blockquote><pre class="moz-signature">-- \nAda</pre>`,
    ],
    [
      "Yahoo",
      `<div class="ydp1234yahoo-style-wrap">${own}<div id="ydp9876yahoo_quoted_123" class="ydp9876yahoo_quoted"><div>On Monday, Acme wrote:</div>${old}</div></div>`,
    ],
    [
      "Proton",
      `${own}<div class="protonmail_signature_block">Sent with Proton Mail</div><div class="protonmail_quote">On Monday, Acme wrote:<br>${old}</div>`,
    ],
    [
      "Tuta",
      `${own}<div>6 May 2024, 10:00 by help@acme.example:</div><blockquote class="tutanota_quote">${old}</blockquote>`,
    ],
    [
      "Zoho",
      `${own}<div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, 06 May 2024 Acme wrote ---</div>${old}</div>`,
    ],
    [
      "Roundcube",
      `${own}<p id="reply-intro">On 2024-05-06 10:00, Acme wrote:</p><blockquote type="cite">${old}</blockquote>`,
    ],
    ["GMX", `${own}<div name="quote" style="margin:10px">${old}</div>`],
    [
      "Spark",
      `<div name="messageBodySection">${own}</div><div name="messageSignatureSection">Ada</div><div name="messageReplySection">${old}</div>`,
    ],
    [
      "NetEase",
      `${own}<div>在 2024-05-06 10:00:00，"Acme" &lt;help@acme.example&gt; 写道：</div><blockquote id="isReplyContent">${old}</blockquote>`,
    ],
    [
      "a program that only indents",
      `${own}<div>Acme &lt;help@acme.example&gt; skrev den 6 maj 2024 10:00:</div><blockquote>${old}</blockquote>`,
    ],
    [
      "QQ",
      `${own}<div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Acme &lt;help@acme.example&gt;</div>${old}`,
    ],
  ])("%s", (_, html) => {
    expect(replyText({ html })).toBe(reply)
    expect(replyText({ html, text: "the same, and the quote with nothing to mark it" })).not.toBe("")
  })

  it("answers that are written between the quotes stay", () => {
    const html =
      '<div class="gmail_quote"><div class="gmail_attr">On Monday Acme wrote:</div><blockquote class="gmail_quote">What is broken?</blockquote><div>The grinder.</div><blockquote class="gmail_quote">Since when?</blockquote><div>Monday.</div></div>'
    expect(replyText({ html })).toBe("The grinder.\n\nMonday.")
  })
})

describe("of a mail with several bodies", () => {
  const marked = `${own}<div class="gmail_quote">How are you?</div>`

  it("what the provider stripped comes first, then marked HTML, then the text", () => {
    expect(replyText({ stripped: "stripped", html: marked, text: "text" })).toBe("stripped")
    expect(replyText({ stripped: " ", html: marked, text: "text" })).toBe(reply)
    expect(replyText({ html: own, text: "text" })).toBe("text")
    expect(replyText({ html: marked, text: "" })).toBe(reply)
    expect(replyText({ html: own })).toBe(reply)
  })

  it("the rules go over what the provider left", () => {
    const stripped = "Ja.\n\nAm 06.05.2024 um 10:00 schrieb Acme <help@acme.example>:"
    expect(replyText({ stripped })).toBe("Ja.")
  })

  it("HTML that is all quoted does not hide the text", () => {
    expect(replyText({ html: `<blockquote>${old}</blockquote>`, text: "It is A-1001." })).toBe("It is A-1001.")
  })
})
