#include "core/analysis/report_style.h"

namespace assay {

std::string_view reportStyle() {
    return R"css(
:root { color-scheme: light dark;
  --ground: #F4F4F1; --panel: #FFFFFF; --sunken: #FAFAF8; --line: #E2E2DC; --text: #1E2227; --quiet: #6A717B;
  --base: #0072B2; --tuned: #D55E00; --right: #2B8A5A; --wrong: #A8327E; --ramp: 90, 42, 134; --bar: #A285C0; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14161A; --panel: #1B1E24; --sunken: #171A1F; --line: #2B3038; --text: #E4E7EB; --quiet: #949DA9;
  --base: #56B4E9; --tuned: #F28C3B; --right: #5EC492; --wrong: #E586C6; --ramp: 190, 140, 255; --bar: #8A6BB0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 13px/1.5 Inter, system-ui, "Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 20px 16px 40px; display: grid; gap: 10px; }
h1 { font-size: 19px; margin: 0; }
header p { margin: 4px 0 8px; color: var(--quiet); }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
h2 { font-size: 13px; font-weight: 600; margin: 0; padding: 8px 12px; min-height: 36px; border-bottom: 1px solid var(--line);
  display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
h2 .side { margin-left: auto; font-weight: 400; color: var(--quiet); }
.body { padding: 12px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 10px; }
.chip { border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; font-size: 11.5px; font-weight: 400; color: var(--quiet); }
.chip.wrong { color: var(--wrong); border-color: var(--wrong); }
.base { color: var(--base); } .tuned { color: var(--tuned); } .wrong { color: var(--wrong); } .right { color: var(--right); }
.quiet { color: var(--quiet); } .small { font-size: 11.5px; }
p { margin: 0 0 8px; } p:last-child { margin-bottom: 0; }
p + .strip { margin-top: 18px; }
.strip { display: flex; flex-wrap: wrap; row-gap: 14px; font-family: "JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
.label { width: 62px; flex: none; display: grid; grid-template-rows: 30px 48px 30px; align-items: center; font-family: inherit; font-size: 11.5px; }
.column { position: relative; display: grid; grid-template-rows: 30px 48px 30px; white-space: pre; outline-offset: 1px; }
.one .column, .one .label { grid-template-rows: 30px; }
.cell { display: flex; align-items: center; padding: 0 2px; border-radius: 3px; background: rgba(var(--ramp), var(--a)); }
.lane { align-self: end; background: var(--bar); border-radius: 2px 2px 0 0; min-height: 1px; margin: 0 1px; }
.shifted .cell:last-of-type { border-bottom: 3px double currentColor; }
.marginal .cell:last-of-type { border-bottom: 1px dashed currentColor; }
.onset .cell { outline: 2px solid var(--wrong); outline-offset: -2px; }
.onset .lane { background: var(--wrong); }
.onset::before { content: "\2691"; position: absolute; top: -13px; left: 0; color: var(--wrong); font-size: 12px; line-height: 1; }
.onset { margin-top: 0; }
.pop { display: none; position: absolute; z-index: 2; top: 100%; left: 0; background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; padding: 8px 10px; white-space: nowrap; }
.column:hover .pop, .column:focus .pop { display: block; }
.pop table { width: auto; } .pop td, .pop th { padding: 1px 8px; border: 0; height: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 400; color: var(--quiet); }
th, td { height: 28px; padding: 3px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.mono { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
mark { background: none; color: var(--wrong); font-weight: 600; } mark.asked { color: inherit; text-decoration: underline; }
.legend { display: flex; gap: 16px; flex-wrap: wrap; align-items: center; margin-top: 16px; }
.ramp { display: inline-block; width: 110px; height: 9px; border-radius: 3px; border: 1px solid var(--line);
  background: linear-gradient(to right, rgba(var(--ramp), 0), rgba(var(--ramp), .62)); }
svg { width: 100%; max-width: 540px; height: auto; display: block; } svg text { fill: var(--quiet); font-size: 11px; }
.grid { stroke: var(--line); stroke-width: 1; } .curve { fill: none; stroke-width: 1.6; }
.curve.base { stroke: var(--base); } .curve.tuned { stroke: var(--tuned); stroke-dasharray: none; }
.curve.eval { stroke-dasharray: 5 3; } .dot.base { fill: var(--base); } .dot.tuned { fill: var(--tuned); }
@media print { .pop { display: none !important; } body { background: none; } }
)css";
}

} // namespace assay
