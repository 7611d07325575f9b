/**
 * Texts that try to run, to load or to lead astray, wherever somebody else's text is shown. `pwned(…)` tells that a script
 * has run; a request to `host` (http://127.0.0.1:…), that something was loaded.
 */
export function hostileTexts(host: string): string[] {
  const esc = String.fromCharCode(27);
  const bell = String.fromCharCode(7);
  const tags = 'obey'.replace(/./g, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));
  return [
    // Scripts and handlers
    `<script>pwned(1)</script>`,
    `<script src="${host}/x.js"></script>`,
    `<img src=x onerror=pwned(1)>`,
    `<img src="${host}/pixel.png">`,
    `<svg onload=pwned(1)><circle r=1></svg>`,
    `<svg><script href="${host}/x.js"/><use href="${host}/x.svg#a"/></svg>`,
    `<body onload=pwned(1)>`,
    `<details open ontoggle=pwned(1)>x</details>`,
    `<input autofocus onfocus=pwned(1)>`,
    `<video><source onerror=pwned(1) src="${host}/v.mp4"></video>`,
    `<audio src="${host}/a.mp3" autoplay></audio>`,
    `<math><mi xlink:href="javascript:pwned(1)">x</mi></math>`,
    `<a href="javascript:pwned(1)" autofocus tabindex=1 onfocus=pwned(1)>x</a>`,
    `<iframe srcdoc="<script>parent.pwned(1)</script>"></iframe>`,
    `<iframe src="${host}/frame"></iframe>`,
    `<object data="${host}/o.swf"></object><embed src="${host}/e.swf">`,
    `<template><script>pwned(1)</script></template>`,
    `<script>/*</script><img src=x onerror=pwned(1)>*/`,
    // Addresses
    `[a](javascript:pwned(1)) [b](JaVaScRiPt:pwned(1)) [c](java\nscript:pwned(1))`,
    `[a](&#106;avascript:pwned(1)) [b](javascript&colon;pwned(1)) [c](\u0001javascript:pwned(1))`,
    `[a](data:text/html,<script>pwned(1)</script>) ![b](data:image/svg+xml,<svg/onload=pwned(1)>)`,
    `[a](vbscript:pwned(1)) [b](file:///etc/passwd) [c](blob:${host}/x)`,
    `<javascript:pwned(1)> <data:text/html,x>`,
    `[a](//evil.test/x) [b](/api/auth/logout) [c](\\\\evil.test\\x)`,
    `[a](https:/\\evil.test) [b](https:evil.test) [c](http:///evil.test)`,
    // Links that say one thing and do another
    `[https://github.com/login](https://evil.test/login)`,
    `[github.com](https://github.com@evil.test/)`,
    `<https://github.com@evil.test/>`,
    `https://gіthub.com/login`,
    `[safe](https://evil.test "https://github.com")`,
    `[outer [inner](https://evil.test/1) text](https://evil.test/2)`,
    `[a][ref]\n\n[ref]: javascript:pwned(1)\n[ref]: https://evil.test/second`,
    `[src/todos.js:1-2](https://evil.test/citation) [src/todos.js:1-2]`,
    `[![pixel](${host}/badge.png)](https://evil.test/badge)`,
    // Pictures
    `![pixel](${host}/pixel.png?who=me)`,
    `![pixel][p]\n\n[p]: ${host}/ref.png`,
    `![x" onerror="pwned(1)](${host}/a.png "t' onload='pwned(1)")`,
    `<picture><source srcset="${host}/s.png"><img src="${host}/i.png"></picture>`,
    `<img src=x srcset="${host}/1x.png 1x" loading=eager>`,
    // Styles
    `<style>@import url(${host}/s.css); body{background:url(${host}/b.png)}</style>`,
    `<p style="background:url(${host}/p.png);position:fixed;inset:0">x</p>`,
    `<div style="width:expression(pwned(1))">x</div>`,
    `<link rel=stylesheet href="${host}/l.css"><link rel=prefetch href="${host}/pre">`,
    `<table background="${host}/t.png"><td>x</table>`,
    // The page itself
    `<meta http-equiv=refresh content="0;url=${host}/gone">`,
    `<base href="${host}/">`,
    `<form action="${host}/f" id=f><input name=q><button>Sign in</button></form><button form=f formaction="${host}/g">x</button>`,
    `<div id="app-root" class="cdk-overlay-container">x</div><a id=location></a>`,
    // What parsers mistake
    `<noscript><p title="</noscript><img src=x onerror=pwned(1)>">`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwned(1)&gt;">`,
    `<svg></p><style><a id="</style><img src=x onerror=pwned(1)>">`,
    `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=pwned(1)>`,
    `&lt;img src=x onerror=pwned(1)&gt; &#60;script&#62;pwned(1)&#60;/script&#62;`,
    `<!--><script>pwned(1)</script>--> <![CDATA[<img src=x onerror=pwned(1)>]]> <?php pwned(1) ?>`,
    `\`\`<img src=x onerror=pwned(1)>\`\` \`\`\`<script>pwned(1)</script>\`\`\``,
    `<scr<script>ipt>pwned(1)</scr</script>ipt>`,
    `<img src="x\` \`onerror=pwned(1)"\` \`>`,
    `| a | b |\n|---|---|\n| <img src=x onerror=pwned(1)> | [x](javascript:pwned(1)) |`,
    // Templates
    `{{constructor.constructor('pwned(1)')()}} \${pwned(1)} #{pwned(1)} <%= pwned(1) %> [innerHTML]="pwned(1)"`,
    `<app-root></app-root><ng-template>{{pwned(1)}}</ng-template> @if (true) { {{ pwned(1) }} }`,
    // Terminals
    `${esc}]8;;javascript:pwned(1)${bell}click${esc}]8;;${bell} ${esc}]8;;${host}/osc${esc}\\link${esc}]8;;${esc}\\`,
    `${esc}[31m<img src=x onerror=pwned(1)>${esc}[0m${esc}]0;<script>pwned(1)</script>${bell}${esc}]52;c;cHduZWQ=${bell}`,
    `${esc}[2J${esc}[1;1H${esc}P1;1|evil${esc}\\${esc}_x${esc}\\ \r<b>over</b>`,
    // What nobody sees
    `a\u202Egnp.exe\u202C \u2066x\u2069 \u200Bzero\u200Dwidth\u2060 ${tags}`,
    `\uFEFF<\u0001script>pwned(1)</script> \uD800 \uFFFD <s\u200Bcript>pwned(1)</script>`,
    `${'&#'.repeat(200)} ${'\u0300'.repeat(400)}`,
    // Depth
    `${'> '.repeat(300)}<img src=x onerror=pwned(1)>`,
    `${'- '.repeat(300)}x\n\n${'['.repeat(500)}x${']('.repeat(200)}`,
    `${'<div>'.repeat(300)}<img src=x onerror=pwned(1)>`,
    // Swallows what follows, and so stands last
    `\`\`\`html"><img src=x onerror=pwned(1)>\n<script>pwned(1)</script>`,
  ];
}

/** By which a text is found again on a page. */
export const markOf = (at: number): string => `P${String(at).padStart(2, '0')}.`;

/** Each text under its mark. */
export const marked = (texts: readonly string[]): string[] => texts.map((text, at) => `${markOf(at)}\n\n${text}`);
