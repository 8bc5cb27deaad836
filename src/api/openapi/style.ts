/** The style of the page at `/docs`; its hash is in that page's policy. */
export const STYLE = `
:root { color-scheme: light dark; --line: #d5dae1; --soft: #f4f6f8; --dim: #596273; --link: #0b5cad;
  --get: #0b6b3a; --post: #0b5cad; --put: #8a5200; --delete: #a81e1e }
@media (prefers-color-scheme: dark) { :root { --line: #343b47; --soft: #1d222a; --dim: #9aa5b5; --link: #7db7f5;
  --get: #63cf97; --post: #7db7f5; --put: #e6b15c; --delete: #f08a8a } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif }
a { color: var(--link); text-decoration: none }
a:hover { text-decoration: underline }
nav { position: fixed; inset: 0 auto 0 0; width: 290px; overflow-y: auto; padding: 20px; border-right: 1px solid var(--line) }
nav h2 { font-size: 12px; text-transform: uppercase; letter-spacing: .05em; color: var(--dim); margin: 18px 0 4px }
nav ul { list-style: none; margin: 0; padding: 0; font-size: 14px }
main { margin-left: 290px; padding: 24px 40px 120px; max-width: 1060px }
section { border-top: 1px solid var(--line); padding-top: 12px; margin-top: 36px }
h1 { margin-top: 0 } h3 { margin: 0 } h4 { margin: 18px 0 4px; font-size: 14px }
code, pre { font: 13px/1.5 ui-monospace, monospace }
pre { background: var(--soft); padding: 10px 12px; border-radius: 6px; overflow-x: auto; margin: 6px 0 }
table { border-collapse: collapse; width: 100%; font-size: 14px }
td, th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; overflow-wrap: anywhere }
td:first-child { white-space: nowrap }
summary { cursor: pointer; margin-top: 12px }
.path { font-size: 15px; overflow-wrap: anywhere } .dim { color: var(--dim) }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .delete { color: var(--delete) }
@media (max-width: 900px) { nav { position: static; width: auto; border: 0 } main { margin: 0; padding: 20px } }
`;
