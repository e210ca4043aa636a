// What a reader may do with the page beyond reading it. Without this script every word, table and picture is there.
(() => {
"use strict";
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const D = JSON.parse($("#data").textContent), W = D.words, P = D.papers, F = D.facets;
const lang = document.documentElement.lang, number = new Intl.NumberFormat(lang);
const at = new Map(P.flatMap((p, i) => [[p.k, i], ["~" + i, i]])), byFile = new Map(P.map((p, i) => [p.f, i]));
F.forEach(f => P.forEach(p => { if (f.values && p.v[f.id]) p.v[f.id] = p.v[f.id].map(v => typeof v === "number" ? f.values[v] : v); }));
const home = i => P[i].h || P[i].k;
const say = (t, o) => t.replace(/\{(\w+)\}/g, (_, n) => o[n]), plural = new Intl.PluralRules(lang);
const counting = (k, n, o) => say(W[k + "." + plural.select(n)] || W[k], o);
const plainly = t => t.toLocaleLowerCase(lang).replace(/[\u00a0\u202f]/g, " ");
const make = (tag, o = {}, ...kids) => {
const e = document.createElement(tag);
for (const [k, v] of Object.entries(o)) {
if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
else if (v !== false && v !== null) e.setAttribute(k, v === true ? "" : v);
}
e.append(...kids);
return e;
};
const paperOf = token => byFile.get(token.slice(0, token.indexOf("-")));
const fieldOf = e => D.fields ? D.fields[e.dataset.f.slice(1)] : e.dataset.f;
const paperOr = k => at.get(k) ?? k, byPaper = new Map($$(".fiche").map(f => [paperOr(f.dataset.k), f])), ficheOf = k => byPaper.get(paperOr(k));
const tokens = e => (e.dataset.s || "").split(" ").filter(Boolean);
const bare = node => {
const c = node.cloneNode(true);
[c, ...$$("[id]", c)].forEach(x => x.removeAttribute && x.removeAttribute("id"));
$$("button", c).forEach(b => b.replaceWith(...b.childNodes));
return c;
};

// The state of the view: what is chosen of each facet, ranges, what is searched, sorted, hidden and compared.
const state = {f: {}, r: {}, q: {}, s: {}, h: {}, c: []};
const write = () => {
const u = new URLSearchParams();
for (const [k, v] of Object.entries(state.f)) if (v.length) u.set("f." + k, v.map(encodeURIComponent).join("|"));
for (const [k, v] of Object.entries(state.r)) if (v[0] !== "" || v[1] !== "") u.set("r." + k, v.join("~"));
for (const k of ["q", "s", "h"]) for (const [n, v] of Object.entries(state[k])) if (v.length) u.set(k + "." + n, [].concat(v).join(","));
if (state.c.length) u.set("c", state.c.join(","));
const text = u.toString();
history.replaceState(null, "", text ? "#?" + text : location.pathname + location.search + (location.hash.startsWith("#?") ? "" : location.hash));
};
const read = () => {
Object.assign(state, {f: {}, r: {}, q: {}, s: {}, h: {}, c: []});
if (!location.hash.startsWith("#?")) return;
for (const [k, v] of new URLSearchParams(location.hash.slice(2))) {
const [kind, name] = [k.slice(0, 1), k.slice(2)];
if (kind === "f") state.f[name] = v.split("|").map(decodeURIComponent);
else if (kind === "r") state.r[name] = v.split("~");
else if (kind === "q") state.q[name] = v;
else if (kind === "s" || kind === "h") state[kind][name] = v.split(",").map(Number);
else if (kind === "c") state.c = v.split(",").filter(x => at.has(x));
}
};

// Which papers are chosen: within a facet any of its values, of several facets all.
const passes = (p, facet) => {
const chosen = state.f[facet.id], range = state.r[facet.id];
if (chosen && chosen.length && !(p.v[facet.id] || []).some(v => chosen.includes(v))) return false;
if (range && (range[0] !== "" || range[1] !== "")) {
const own = p.n[facet.id];
if (own === undefined || (range[0] !== "" && own < +range[0]) || (range[1] !== "" && own > +range[1])) return false;
}
return true;
};
let chosen = P.map(() => true), all = true;
const choose = but => P.map(p => F.every(f => f.id === but || passes(p, f)));

// Everything that a choice of papers may change, found once.
const onePaper = $$(".fiche[data-k],li[data-k],tr[data-k]").map(e => [e, at.get(e.dataset.k)]);
const USED = /^[•■]$/, counted = [], quotes = [], plainCells = [];
const tables = $$("figure.table").map(figure => {
const table = $("table", figure), heads = $$("thead th", table), papers = heads.map(h => at.get(h.dataset.k)), rows = $$("tbody tr", table);
const of = (D.groups[figure.dataset.of] || "").split(" ").filter(Boolean).map(k => at.get(k));
const t = {figure, table, heads, papers, rows, of, id: figure.id.slice(2), order: [...rows], shown: new Set(), on: new Map()};
const cellOf = (e, i) => {
const ts = e.dataset.s ? tokens(e).map(paperOf) : [], c = {e, i, t, ts, how: e.dataset.c || "", mark: USED.test(e.textContent.trim()), v: +(e.dataset.v || e.textContent) || 0};
if (c.how) counted.push(c);
else if (ts.length && papers[i] === undefined && i && !e.querySelector("p[data-s]")) plainCells.push(c);
return c;
};
t.grid = new Map(rows.map(r => [r, [...r.cells].map(cellOf)]));
t.rowPapers = new Map(rows.map(r => [r, r.dataset.k !== undefined ? [at.get(r.dataset.k)] : [...new Set(t.grid.get(r).flatMap(c => c.ts))]]));
const lines = [...table.rows].map(r => [...r.cells]);
t.columns = heads.map((_, i) => lines.map(l => l[i]).filter(Boolean));
$$("tfoot tr", table).forEach(r => [...r.cells].forEach(cellOf));
$$("td p[data-s]", table).forEach(e => quotes.push([e, tokens(e).map(paperOf)]));
return t;
});
const shapes = $$("[data-g]").map(e => ({e, kind: e.dataset.g, ts: tokens(e).map(paperOf), how: e.dataset.c || "",
w: e.getAttribute("width"), t: e.tagName === "text" ? e.textContent : "", text: e.tagName === "g" ? $("text", e) : null,
r: e.tagName === "g" ? $("rect", e) : null, o: e.tagName === "g" ? $("circle", e) : null}));
shapes.forEach(s => { s.n = count(s.ts, s.how); if (s.text) s.t = s.text.textContent; if (s.r) s.fo = +s.r.getAttribute("fill-opacity"); if (s.o) s.rad = +s.o.getAttribute("r"); });
function count(papers, how) {
const there = papers.filter(p => p !== undefined && chosen[p]);
return how === "s" ? there.length : new Set(there).size;
}
const flag = (e, name, on) => { if (e.classList.contains(name) !== on) e.classList.toggle(name, on); };

function apply() {
chosen = choose();
all = chosen.every(Boolean);
for (const [e, p] of onePaper) if (p !== undefined) flag(e, "out", !chosen[p]);
for (const [e, ps] of quotes) flag(e, "out", !all && !ps.some(p => chosen[p]));
for (const c of plainCells) flag(c.e, "dim", !all && !c.ts.some(p => chosen[p]));
tables.forEach(showTable);
for (const c of counted) if (c.how !== "c") recount(c);
for (const c of counted) if (c.how === "c") recount(c);
shapes.forEach(redraw);
$$(".lead,td.r:not([data-c]),tfoot td:not([data-c])").forEach(e => { if (e.textContent.trim() && !e.querySelector("a")) flag(e, "all-of", !all); });
const n = chosen.filter(Boolean).length;
live.textContent = counting(all ? "count-all" : "count", n, {n: number.format(n), all: number.format(P.length)});
clear.hidden = all && !Object.values(state.q).some(Boolean);
counts();
write();
}
const holder = e => $("button.says", e) || $("a", e) || e;
function recount(c) {
const plain = all && (c.how !== "c" || ![...c.t.on.values()].includes(false));
if (plain && c.now === undefined || !plain && c.t.shown.has(c.i)) return;
const box = holder(c.e);
if (c.now === undefined) c.text = box.textContent;
if (plain) { box.textContent = c.text; c.now = undefined; return; }
let n = c.how === "c" ? columnSum(c) : count(c.ts, c.how === "%" ? "p" : c.how), text;
if (c.how === "%") {
const whole = c.t.of.reduce((sum, p) => sum + !!chosen[p], 0);
n = whole ? Math.round(100 * n / whole) : 0;
text = c.text.replace(/\d+/, n);
} else text = number.format(n);
if (c.now !== n) box.textContent = text;
c.now = n;
}
function columnSum(c) {
let sum = 0;
for (const [row, cells] of c.t.grid) {
if (c.t.on.get(row) === false) continue;
const d = cells[c.i];
if (d) sum += d.mark ? 1 : d.now !== undefined ? d.now : d.v;
}
return sum;
}
function redraw(s) {
const n = count(s.ts, s.how), out = !all && s.ts.length > 0 && n === 0;
if (s.kind === "bar" && s.how) { s.e.setAttribute("width", all ? s.w : s.n ? s.w * n / s.n : 0); return; }
if (s.kind === "when" && s.how) { s.e.textContent = all ? s.t : number.format(n); return; }
if (s.r) { s.r.setAttribute("fill-opacity", all ? s.fo : s.n ? s.fo * n / s.n : s.fo); if (s.text) s.text.textContent = all ? s.t : n || ""; return; }
if (s.o) { s.o.setAttribute("r", all ? s.rad : s.n ? s.rad * Math.sqrt(n / s.n) : s.rad); if (s.text) s.text.textContent = all ? s.t : n || ""; return; }
flag(s.e, "out", out);
}
function showTable(t) {
const hidden = state.h[t.id] || [], find = plainly(state.q[t.id] || "");
t.heads.forEach((h, i) => {
const off = hidden.includes(i) || (t.papers[i] !== undefined && !chosen[t.papers[i]]);
if (t.shown.has(i) === off) return;
off ? t.shown.add(i) : t.shown.delete(i);
for (const c of t.columns[i]) c.classList.toggle("out", off);
});
let n = 0;
for (const row of t.rows) {
const own = t.rowPapers.get(row), on = (all || !own.length || own.some(p => chosen[p])) && (!find || plainly(row.textContent).includes(find));
if ((t.on.get(row) !== false) !== on) flag(row, "out", !on);
t.on.set(row, on);
n += on;
}
return n;
}
function sortTable(t) {
const [place, way] = state.s[t.id] || [];
t.heads.forEach((h, i) => { const on = i === place; on ? h.setAttribute("aria-sort", way > 0 ? "ascending" : "descending") : h.removeAttribute("aria-sort"); });
const value = row => { const c = row.cells[place], v = c.dataset.v; return v !== undefined && v !== "" && !isNaN(v) ? +v : v || c.textContent.trim(); };
const rows = place === undefined ? t.order : [...t.order].sort((a, b) => {
const x = value(a), y = value(b);
if (x === "" || y === "") return (x === "") - (y === "");
return way * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), lang, {numeric: true}));
});
$("tbody", t.table).append(...rows);
}

// The bar above the page: filter, count, comparison.
const tools = $("#tools"), live = make("output", {role: "status", "aria-live": "polite"});
const panel = make("div", {class: "panel", id: "facets", hidden: true}), chooser = make("div", {class: "panel", id: "chooser", hidden: true});
const toggler = (label, box) => make("button", {type: "button", "aria-expanded": "false", "aria-controls": box.id, onclick: e => {
box.hidden = !box.hidden;
e.currentTarget.setAttribute("aria-expanded", String(!box.hidden));
}}, label);
const clear = make("button", {type: "button", hidden: true, onclick: () => { Object.assign(state, {f: {}, r: {}, q: {}}); refresh(); live.closest(".bar").querySelector("button").focus(); }}, W.clear);
const facetCounts = [];
function facets() {
for (const f of F) {
const set = make("fieldset", {}, make("legend", {}, f.t));
if (f.type === "number") {
["from", "to"].forEach((word, i) => set.append(make("label", {}, W[word], make("input", {type: "number", step: "any", "data-r": f.id + " " + i, oninput: e => {
(state.r[f.id] = state.r[f.id] || ["", ""])[i] = e.target.value;
apply();
}}))));
} else {
for (const v of f.values) {
const k = make("span", {class: "k"}), box = make("input", {type: "checkbox", "data-f": f.id, value: v, onchange: e => {
const own = (state.f[f.id] || []).filter(x => x !== v);
if (e.target.checked) own.push(v);
state.f[f.id] = own;
apply();
}});
facetCounts.push([f, v, k]);
set.append(make("label", {}, box, v, k));
}
}
panel.append(set);
}
}
function counts() {
const by = new Map();
for (const [f, v, k] of facetCounts) {
if (!by.has(f.id)) by.set(f.id, choose(f.id));
const text = String(P.reduce((n, p, i) => n + (by.get(f.id)[i] && (p.v[f.id] || []).includes(v)), 0));
if (k.textContent !== text) k.textContent = text;
}
}
const compareButton = make("button", {type: "button", disabled: true, onclick: () => compare()}, W["compare-hint"]);
function comparison() {
const set = make("fieldset", {}, make("legend", {}, W["compare-hint"]));
P.forEach(p => set.append(make("label", {}, make("input", {type: "checkbox", value: p.k, "data-c2": "", onchange: e => {
state.c = state.c.filter(k => k !== p.k);
if (e.target.checked) state.c.push(p.k);
limit();
write();
}}), p.l)));
chooser.append(set, make("div", {}, compareButton));
}
function limit() {
$$("[data-c2]").forEach(b => { b.checked = state.c.includes(b.value); b.disabled = state.c.length >= 5 && !b.checked; });
compareButton.disabled = state.c.length < 2;
compareButton.textContent = state.c.length < 2 ? W["compare-hint"] : say(W["compare-open"], {n: state.c.length});
}
const dialog = make("dialog", {id: "box", "aria-labelledby": "box-t"});
function show(title, ...content) {
const close = make("button", {type: "button", class: "close", onclick: () => dialog.close()}, W.close);
dialog.replaceChildren(close, make("h2", {id: "box-t"}, title), ...content);
dialog.showModal();
close.focus();
}
dialog.addEventListener("click", e => { if (e.target.closest("a[href^='#']")) dialog.close(); });
function compare() {
const fiches = state.c.map(k => ficheOf(home(at.get(k)))).filter(Boolean), names = [];
fiches.forEach(f => $$("[data-f]", f).forEach(e => { const n = fieldOf(e); if (!names.includes(n)) names.push(n); }));
const head = make("tr", {}, make("th", {scope: "col"}, W.field), ...state.c.map(k => make("th", {scope: "col"}, make("a", {href: "#to-" + home(at.get(k))}, P[at.get(k)].l))));
const rows = names.map(n => make("tr", {}, make("th", {scope: "row"}, n), ...fiches.map(f => {
const own = $$("[data-f]", f).filter(e => fieldOf(e) === n);
return make("td", {}, ...(own.length ? own.flatMap(e => e.tagName === "UL" ? [bare(e)] : [...bare(e).childNodes]) : [make("span", {class: "missing"}, W.none)]));
})));
const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
show(W.compare, make("div", {class: "scroll", role: "region", tabindex: "0", "aria-label": W.compare}, table));
}

// From a cell to the remarks behind it.
function says(cell) {
const groups = new Map();
for (const token of tokens(cell)) {
const p = paperOf(token);
if (p === undefined || (!all && !chosen[p])) continue;
if (!groups.has(p)) groups.set(p, []);
const e = document.getElementById(token.replace(/\.\d+/, ""));
if (e) groups.get(p).push(e.closest("li,dd,[data-f]") || e);
}
const content = [...groups].map(([p, items]) => make("section", {}, make("h3", {}, make("a", {href: "#to-" + home(p)}, P[p].l)),
make("ul", {}, ...[...new Set(items)].map(e => make("li", {}, ...bare(e).childNodes)))));
show(W.says, ...content);
}
function buttons(within) {
const signs = new Map($$(".below .m", within).map(m => [m.textContent, m.nextElementSibling.textContent]));
for (const cell of $$("td[data-s]", within)) {
const inner = $$("p[data-s]", cell);
for (const target of inner.length ? inner : [cell]) {
const text = target.textContent.trim(), short = target === cell && text.length < 30;
const b = make("button", {type: "button", class: "says", "aria-haspopup": "dialog", onclick: e => says(e.currentTarget.closest("[data-s]"))});
if (short) {
const link = $("a", target), label = signs.get(text) || text;
b.append(...(link ? link.childNodes : target.childNodes));
b.setAttribute("aria-label", label + " – " + W.says);
target.replaceChildren(b);
} else { b.append("¶"); b.setAttribute("aria-label", W.says); target.append(" ", b); }
}
}
}
function controls(t) {
t.heads.forEach((h, i) => {
const b = make("button", {type: "button", onclick: () => {
const [place, way] = state.s[t.id] || [];
state.s[t.id] = place !== i ? [i, 1] : way > 0 ? [i, -1] : [];
sortTable(t);
write();
}}, ...h.childNodes);
if (h.textContent || b.textContent) h.append(b);
});
if (t.rows.length < 2) return;
const search = make("input", {type: "search", "aria-label": W.search, placeholder: W.search, "data-q": t.id, oninput: e => {
state.q[t.id] = e.target.value;
const n = showTable(t);
counted.filter(c => c.how === "c" && c.t === t).forEach(recount);
live.textContent = number.format(n) + " / " + number.format(t.rows.length);
clear.hidden = all && !Object.values(state.q).some(Boolean);
write();
}});
const caption = $("figcaption", t.figure), before = t.figure.previousElementSibling;
if (!before || !before.classList.contains("csv")) caption.append(" ", make("button", {type: "button", onclick: () => {
const quoted = s => /[",\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s, safe = s => /^[=+\-@\t]/.test(s) && isNaN(s) ? "'" + s : s;
const text = [...t.table.rows].map(r => [...r.cells].map(c => quoted(safe(c.textContent.replace(/\s*¶/g, "").trim()))).join(",")).join("\r\n");
make("a", {download: t.id + ".csv", href: "data:text/csv;charset=utf-8," + encodeURIComponent("\ufeff" + text)}).click();
}}, W.csv));
const boxes = t.heads.slice(1).map((h, n) => make("label", {}, make("input", {type: "checkbox", checked: true, "data-h": t.id + " " + (n + 1), onchange: e => {
const own = (state.h[t.id] || []).filter(x => x !== n + 1);
if (!e.target.checked) own.push(n + 1);
state.h[t.id] = own;
showTable(t);
write();
}}), h.textContent));
caption.after(make("div", {class: "find"}, search, make("details", {}, make("summary", {}, W.columns), make("div", {class: "menu"}, ...boxes))));
}

// Previews of references and fiches, at hover and at focus; Escape takes them away, the pointer may go over them.
const tip = make("div", {id: "tip", role: "tooltip", hidden: true});
let waiting, over;
function preview(link) {
const kids = [];
if (link.dataset.refs) link.dataset.refs.split(" ").forEach(k => { const r = document.getElementById("ref-" + k); if (r) kids.push(make("p", {}, ...bare(r.closest("li") || r).childNodes)); });
else {
const h = document.getElementById(decodeURIComponent(link.hash.slice(1))), f = h && h.closest(".fiche");
if (f && !f.contains(link)) { kids.push(make("b", {}, ...bare(h).childNodes)); const card = $(".card", f); if (card) kids.push(bare(card)); }
}
if (!kids.length) return;
tip.replaceChildren(...kids);
tip.hidden = false;
const b = link.getBoundingClientRect(), h = tip.offsetHeight, y = b.bottom + h + 8 > innerHeight && b.top > h + 8 ? b.top - h - 4 : b.bottom + 4;
tip.style.left = Math.max(4, Math.min(b.left, document.documentElement.clientWidth - tip.offsetWidth - 4)) + scrollX + "px";
tip.style.top = y + scrollY + "px";
link.setAttribute("aria-describedby", "tip");
over = link;
}
function away() {
clearTimeout(waiting);
tip.hidden = true;
if (over) over.removeAttribute("aria-describedby");
over = null;
}
const wanted = e => e.target.closest && e.target.closest("main a[href^='#ref-'],main a[href^='#to-']");
document.addEventListener("pointerover", e => {
const link = wanted(e);
if (link && link !== over) { clearTimeout(waiting); waiting = setTimeout(() => { away(); preview(link); }, 200); }
else if (!link && !(e.target.closest && e.target.closest("#tip"))) { clearTimeout(waiting); if (over) waiting = setTimeout(away, 250); }
else if (!link) clearTimeout(waiting);
});
document.addEventListener("focusin", e => { const link = wanted(e); if (link) { away(); preview(link); } else if (over && !tip.contains(e.target)) away(); });
document.addEventListener("keydown", e => { if (e.key === "Escape" && !tip.hidden) away(); });

// Puts the state into the controls, and the controls' state into the page.
function refresh() {
$$("[data-f][type=checkbox]").forEach(b => { b.checked = (state.f[b.dataset.f] || []).includes(b.value); });
$$("[data-r]").forEach(b => { const [id, i] = b.dataset.r.split(" "); b.value = (state.r[id] || ["", ""])[i]; });
$$("[data-q]").forEach(b => { b.value = state.q[b.dataset.q] || ""; });
$$("[data-h]").forEach(b => { const [id, i] = b.dataset.h.split(" "); b.checked = !(state.h[id] || []).includes(+i); });
tables.forEach(sortTable);
limit();
apply();
}
if (P.length) {
facets();
comparison();
tools.append(make("div", {class: "bar"}, toggler(W.filter, panel), toggler(W.compare, chooser), clear, live), panel, chooser);
tools.setAttribute("aria-label", W.filter);
tools.hidden = false;
}
document.body.append(dialog, tip);
tables.forEach(controls);
const many = $$("td[data-s]").length > 4000, near = many && new IntersectionObserver(seen => seen.forEach(s => {
if (s.isIntersecting) { near.unobserve(s.target); buttons(s.target); }
}), {rootMargin: "800px"});
tables.forEach(t => many ? near.observe(t.figure) : buttons(t.figure));
for (const token of D.fresh || []) {
const e = document.getElementById(token) || ficheOf(token);
if (e) { e.classList.add("new"); e.prepend(make("span", {class: "vh"}, W.new + " ")); }
}
read();
refresh();
addEventListener("hashchange", () => { if (location.hash.startsWith("#?")) { read(); refresh(); } });
})();
