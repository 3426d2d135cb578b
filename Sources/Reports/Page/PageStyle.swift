extension HTMLDocument {
    /// The style of every page.
    static let style = Inline(
        text: """
            :root { color-scheme: light dark; --text: #1f2328; --quiet: #59636e; --page: #fff; --raised: #f6f8fa;
              --border: #d1d9e0; --worse: #b42318; --better: #18794e; --line: #0b61c4; --link: #0b57b0; }
            @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9198a1; --page: #0d1117;
              --raised: #161b22; --border: #3d444d; --worse: #ff8a80; --better: #5fd38d; --line: #6cb0ff; --link: #79b8ff; } }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem;
              color: var(--text); background: var(--page); overflow-wrap: anywhere; }
            h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0; } h1 span { font-weight: 400; }
            h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
            h4 { margin: 1rem 0 .25rem; } p { margin: .4rem 0; } ul { margin: .4rem 0; padding-left: 1.4rem; }
            a { color: var(--link); } small { color: var(--quiet); } b { font-weight: 600; }
            code, pre { font: .9em ui-monospace, monospace; }
            .worse { color: var(--worse); fill: var(--worse); } .better { color: var(--better); fill: var(--better); }
            .scroll { overflow: auto; max-height: 90vh; border: 1px solid var(--border); border-radius: 6px; }
            table { border-collapse: collapse; overflow-wrap: normal; }
            .scroll > table { min-width: 100%; }
            th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--border); text-align: left; vertical-align: baseline; }
            tbody tr:last-child td { border-bottom: 0; }
            th { position: sticky; top: 0; background: var(--raised); font-weight: 600; vertical-align: bottom; }
            th small { font-weight: 400; } th button { font: inherit; color: inherit; text-align: inherit; background: none;
              border: 0; padding: 0; cursor: pointer; }
            th button:hover { text-decoration: underline; }
            [aria-sort=ascending] button::after { content: " ↑"; } [aria-sort=descending] button::after { content: " ↓"; }
            .number, .history td:nth-child(n + 5) { text-align: right; white-space: nowrap;
              font-variant-numeric: tabular-nums; }
            .history th:nth-child(n + 5) { text-align: right; white-space: nowrap; } .history th b { display: block; }
            .history .spark { display: block; margin: 0 0 .3rem auto; }
            .sites td { white-space: nowrap; } .history td:nth-child(-n + 3) { white-space: nowrap; } .history td:first-child { font: .9em ui-monospace, monospace; }
            .history td:nth-child(4) { min-width: 18rem; max-width: 34rem; overflow-wrap: anywhere; }
            .history td[colspan] { text-align: left; color: var(--quiet); white-space: normal; }
            .large, .large thead, .large tbody { display: block; } .large { width: max-content; }
            .large thead { position: sticky; top: 0; z-index: 1; }
            .large tr { display: grid; grid-template-columns: 7rem 6.5rem 10rem 26rem; grid-auto-columns: 9rem;
              grid-auto-flow: column; } .large tr[hidden] { display: none; }
            .large tbody tr { content-visibility: auto; contain-intrinsic-size: auto 2rem; }
            .large tr { align-items: baseline; border-bottom: 1px solid var(--border); } .large th, .large td { border: 0;
              overflow-wrap: anywhere; } .large thead tr { align-items: end; background: var(--raised); }
            .large th:nth-child(n + 5) { white-space: normal; } .large td[colspan] { width: 40rem; }
            tr:target td { background: var(--raised); } mark { background: none; }
            .spark { display: inline-block; width: 6rem; height: 1.6rem; vertical-align: middle; }
            .line { fill: none; stroke: var(--line); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
              vector-effect: non-scaling-stroke; }
            figure { margin: 1rem 0; break-inside: avoid; } figcaption span { color: var(--quiet); }
            .chart { display: grid; grid-template-columns: 4rem 1fr; margin: .25rem 0; }
            .axis, .plot { width: 100%; height: 140px; overflow: visible; }
            .plot svg { overflow: visible; } .axis text { font-size: 12px; fill: var(--quiet); text-anchor: end;
              font-variant-numeric: tabular-nums; }
            .grid { stroke: var(--border); stroke-width: 1; } .bound { stroke: var(--worse); stroke-dasharray: 5 4; }
            .dates { grid-column: 2; display: flex; justify-content: space-between; color: var(--quiet); font-size: 12px; }
            pre { overflow: auto; padding: .5rem; background: var(--raised); border-radius: 6px; }
            ins { color: var(--better); text-decoration: none; } del { color: var(--worse); text-decoration: none; }
            summary { cursor: pointer; font-weight: 600; margin: 1rem 0; }
            input { font: inherit; width: min(24rem, 60vw); }
            #tip { position: fixed; z-index: 2; max-width: min(24rem, 90vw); padding: .4rem .6rem; pointer-events: none;
              background: var(--raised); border: 1px solid var(--border); border-radius: 6px; font-size: 13px; }
            #tip p { margin: 0; } #tip p:first-child { font-weight: 600; }
            #hair { position: fixed; width: 1px; background: var(--quiet); pointer-events: none; }
            @media (max-width: 40rem) { .summary thead { display: none; }
              .summary tr { display: block; padding: .4rem .6rem; border-bottom: 1px solid var(--border); }
              .summary td { display: inline; border: 0; padding: 0; } .summary .number { padding-right: .5rem; }
              .summary td:nth-child(2)::after { content: " →"; } .summary td:first-child, .summary td:last-child {
                display: block; } .summary .spark { display: block; margin: .2rem 0; } }
            @media print { :root { color-scheme: light; font-size: 10px; --text: #000; --quiet: #444; --page: #fff;
                --raised: #f2f2f2; --border: #bbb; --worse: #b42318; --better: #18794e; --line: #0b61c4; --link: #000; }
              body { font-size: 1rem; max-width: none; padding: 0; }
              .scroll { max-height: none; overflow: visible; border: 0; }
              th, .large thead { position: static; } th button { display: contents; } tr { break-inside: avoid; }
              .large tbody tr { content-visibility: visible; } h2, h3, h4 { break-after: avoid; }
              .wide, #search, #tip, #hair { display: none; } .history td:nth-child(4) { min-width: 8rem; } }
            """,
        hash: "8Z80G16HQ8iHyNsRWBwKq34pX1OFxaRNRdt7t8E7xgk=")
}
