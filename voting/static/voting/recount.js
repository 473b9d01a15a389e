// Checks and recounts a vote in the browser, from the bundle alone: the same rules as the verifier in Python and the
// server's, written a third time (docs/record.md). All numbers are exact fractions of whole numbers of any size.

const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const PARTS = ["ballot", "options", "rules", "turnout", "votes", "receipts", "result"]; // what the code stands for

// Exact numbers --------------------------------------------------------------------------------------------

class Fraction {
  constructor(over, under = 1n) {
    let [one, other] = [over < 0n ? -over : over, under < 0n ? -under : under];
    while (other) [one, other] = [other, one % other];
    const sign = under < 0n ? -1n : 1n;
    this.over = (sign * over) / (one || 1n);
    this.under = (sign * under) / (one || 1n);
  }
  static of(value) {
    if (value instanceof Fraction) return value;
    const [over, under] = String(value).split("/");
    return new Fraction(BigInt(over), BigInt(under ?? 1));
  }
  plus(other) {
    const more = Fraction.of(other);
    return new Fraction(this.over * more.under + more.over * this.under, this.under * more.under);
  }
  times(other) {
    const by = Fraction.of(other);
    return new Fraction(this.over * by.over, this.under * by.under);
  }
  dividedBy(other) {
    const by = Fraction.of(other);
    return new Fraction(this.over * by.under, this.under * by.over);
  }
  minus(other) {
    return this.plus(Fraction.of(other).times(-1));
  }
  compare(other) {
    const gap = this.minus(other).over;
    return gap > 0n ? 1 : gap < 0n ? -1 : 0;
  }
  isMoreThan(other) {
    return this.compare(other) > 0;
  }
  isAtLeast(other) {
    return this.compare(other) >= 0;
  }
  get isZero() {
    return this.over === 0n;
  }
  toString() {
    return this.under === 1n ? `${this.over}` : `${this.over}/${this.under}`;
  }
}

const ZERO = Fraction.of(0);
const sum = (numbers) => numbers.reduce((total, number) => total.plus(number), ZERO);
const most = (numbers) => numbers.reduce((best, number) => (number.isMoreThan(best) ? number : best));
const least = (numbers) => numbers.reduce((best, number) => (best.isMoreThan(number) ? number : best));
const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
const union = (sets) => new Set(sets.flatMap((set) => [...set]));

// The chain ------------------------------------------------------------------------------------------------

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const lines = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${lines.join(",")}}`;
}

async function sha256(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bare = (code) => code.toUpperCase().replace(/[-\s]/g, "");

async function faultsOfChain(text, bundle, code) {
  const faults = text === canonical(bundle) ? [] : ["The file is not as it was written."];
  let digest = await sha256(bundle.format);
  const digests = [];
  for (const [name, content, said] of bundle.parts) {
    digest = await sha256(hex(digest) + canonical([name, content]));
    digests.push(digest);
    if (hex(digest) !== said) faults.push(`The ${name} or something before it was altered.`);
  }
  const head = [...digests[PARTS.length - 1].slice(0, 16)].map((byte) => LETTERS[byte % 32]).join("");
  for (const other of [bundle.code, code || head]) {
    if (bare(other) !== head) faults.push(`The code is ${head.match(/.{4}/g).join("-")}, not ${other}: something was altered.`);
  }
  return faults;
}

// A bundle -------------------------------------------------------------------------------------------------

// What is wrong with a bundle, as sentences, and the counts as they were made here, by basis.
async function recount(text, code = "") {
  const bundle = JSON.parse(text);
  const faults = await faultsOfChain(text, bundle, code);
  if (faults.length) return { faults, counts: {} };
  const part = Object.fromEntries(bundle.parts.slice(0, PARTS.length));
  const { rules, votes, receipts, result, turnout } = part;
  const counts = {};
  const paper = turnout.paper ?? []; // [batch, slips, votes, blank, unreadable]; older bundles do not tell of it
  for (const [number, slips, ...parts] of paper) {
    const isWhole = parts.reduce((all, part) => all + part, 0) === slips && Math.min(...parts) >= 0;
    if (!isWhole) faults.push(`Slips of batch ${number} do not add up.`);
  }
  const onPaper = paper.reduce((all, [, , counted]) => all + counted, 0);
  const spoilt = paper.reduce((all, [, slips, counted]) => all + slips - counted, 0);
  if (result.withheld) {
    if (votes.length) faults.push("Votes are told that were never opened.");
    return { faults, counts, part };
  }
  const isUnique = new Set(receipts).size === receipts.length;
  const fits = votes.length === turnout.voted && turnout.voted + spoilt <= turnout.on_roll;
  if (!isUnique || !fits || receipts.length > votes.length - onPaper) faults.push("Votes, receipts, turnout and roll do not go together.");
  votes.forEach((vote, place) => {
    if (!keepsRules(vote, rules)) faults.push(`Vote ${place + 1} breaks the rules.`);
  });
  if (faults.length) return { faults, counts, part };
  const weights = { person: votes.map(() => Fraction.of(1)) };
  const own = bundle.parts[PARTS.length]?.[1] ?? [];
  if (own.length) {
    // An organisation weighs one, shared among its votes; votes of none, 0, weigh nothing.
    weights.council = own.map((one) => (one ? new Fraction(1n, BigInt(own.filter((each) => each === one).length)) : ZERO));
  }
  for (const [basis, weighted] of Object.entries(weights)) {
    if (result[basis].too_many_ways) continue;
    const counted = votes.map((vote, place) => [vote, weighted[place]]).filter(([, weight]) => !weight.isZero);
    counts[basis] = countOf(counted, rules);
    for (const what of ["lines", "chosen", "tied"]) {
      if (canonical(counts[basis][what]) !== canonical(result[basis][what])) {
        faults.push(`Counted per ${basis}, ${what}: ${canonical(counts[basis][what])}, not ${canonical(result[basis][what])}.`);
      }
    }
  }
  const decides = turnout.voted >= (rules.quorum ?? 0) ? result[rules.basis] : { chosen: [], tied: [] };
  for (const what of ["chosen", "tied"]) {
    if (canonical(result[what]) !== canonical(decides[what])) faults.push(`What is ${what} is not what counts.`);
  }
  return { faults, counts, part };
}

// Whether a vote, a list of [option, value, question], could be handed in.
function keepsRules(vote, rules) {
  const { method } = rules;
  const marked = new Set(vote.map(([option]) => option));
  const values = vote.map(([, value]) => value);
  const limit = method === "single" ? 1 : rules.most ?? rules.options.length;
  const ranges = { score: [0, 5], matrix: [1, 5], ranked: [1, vote.length], dots: [0, rules.cap ?? limit] };
  const [low, high] = ranges[method] ?? [1, 1];
  const asked = [...marked].flatMap((option) => rules.questions.map((question) => `${option} ${question}`));
  const given = vote.map(([option, , question]) => `${option} ${question}`);
  const total = method === "dots" ? values.reduce((all, value) => all + value, 0) : marked.size;
  return (
    canonical(given.sort()) === canonical(asked.sort()) &&
    [...marked].every((option) => rules.options.includes(option)) &&
    values.every((value) => Number.isInteger(value) && value >= low && value <= high) &&
    (method !== "ranked" || new Set(values).size === values.length) &&
    total > 0 &&
    total <= limit
  );
}

// Counting -------------------------------------------------------------------------------------------------

// For each option [number, score, supporters], then what is chosen and what tied, sorted by number.
function countOf(votes, rules) {
  const given = new Map();
  const support = new Map(rules.options.map((option) => [option, ZERO]));
  for (const [vote, weight] of votes) {
    for (const [option, value, question] of vote) {
      const key = `${option} ${question}`;
      given.set(key, (given.get(key) ?? ZERO).plus(weight.times(value)));
      if (value) support.set(option, support.get(option).plus(weight.dividedBy(rules.questions.length)));
    }
  }
  const needed = Fraction.of(rules.threshold ?? 0).times(sum(votes.map(([, weight]) => weight)));
  let score = new Map(rules.options.map((option) => [option, given.get(`${option} `) ?? ZERO]));
  if (rules.method === "matrix") score = productsOfMeans(votes, rules, given, support);
  let ways;
  if (rules.method === "ranked") {
    const first = race(votes, rules.options, needed, rules.by_order, []);
    rules.options.forEach((option) => score.set(option, first.votes.get(option) ?? ZERO));
    ways = ends([], votes, rules, needed);
  } else if (rules.method === "budget") {
    const able = rules.options.filter((o) => !support.get(o).isZero && support.get(o).isAtLeast(needed));
    ways = waysToSpend(votes, rules, able);
  } else {
    ways = highest(score, support, needed, rules);
  }
  const some = union(ways);
  const sure = [...some].filter((option) => ways.every((way) => way.includes(option)));
  return {
    lines: sorted(rules.options).map((option) => [option, `${score.get(option)}`, `${support.get(option)}`]),
    chosen: sorted(sure),
    tied: sorted([...some].filter((option) => !sure.includes(option))),
  };
}

// Mean impact times mean feasibility; a vote that gives 1 to both does not support an option.
function productsOfMeans(votes, rules, given, support) {
  const score = new Map();
  for (const option of rules.options) {
    const rated = support.get(option);
    const isAgainst = (vote) => vote.filter(([one, value]) => one === option && value === 1).length === 2;
    const against = sum(votes.filter(([vote]) => isAgainst(vote)).map(([, weight]) => weight));
    support.set(option, rated.minus(against));
    const isSupported = rated.isMoreThan(against);
    const mean = (question) => given.get(`${option} ${question}`).dividedBy(rated);
    score.set(option, isSupported ? mean("impact").times(mean("feasibility")) : ZERO);
  }
  return score;
}

// The highest scores for the places; a tie for the last place is what is sure, and what could be.
function highest(score, support, needed, rules) {
  const able = rules.options
    .filter((option) => !score.get(option).isZero && support.get(option).isAtLeast(needed))
    .sort((one, other) => score.get(other).compare(score.get(one)));
  if (able.length <= rules.places) return [able];
  const last = score.get(able[rules.places - 1]);
  const sure = able.filter((option) => score.get(option).isMoreThan(last));
  const some = able.filter((option) => score.get(option).isAtLeast(last));
  return rules.by_order || some.length <= rules.places ? [some.slice(0, rules.places)] : [sure, some];
}

// Instant run-off: who can win (null: nobody), as those level for last go out in turn, and the votes in the last round.
function race(votes, left, needed, byOrder, past) {
  const now = new Map(left.map((option) => [option, ZERO]));
  for (const [vote, weight] of votes) {
    const ranking = vote.filter(([option]) => now.has(option)).sort(([, one], [, other]) => one - other);
    if (ranking.length) now.set(ranking[0][0], now.get(ranking[0][0]).plus(weight));
  }
  const numbers = [...now.values()];
  const [best, low] = [most(numbers), least(numbers)];
  if (left.length <= 2 || (best.times(2).isMoreThan(sum(numbers)) && best.isAtLeast(needed))) {
    const leading = left.filter((option) => !now.get(option).compare(best));
    return { winners: new Set(!best.isZero && best.isAtLeast(needed) ? leading : [null]), votes: now };
  }
  let last = left.filter((option) => !now.get(option).compare(low));
  const above = numbers.filter((number) => number.isMoreThan(low));
  let outs = [last];
  if (last.length === 1 || !above.length || low.times(last.length).isAtLeast(least(above))) {
    for (const before of [...past].reverse()) {
      const fewest = least(last.map((option) => before.get(option)));
      last = last.filter((option) => !before.get(option).compare(fewest));
    }
    outs = (byOrder ? last.slice(-1) : last).map((option) => [option]);
  }
  const without = (out) => left.filter((option) => !out.includes(option));
  const ways = outs.map((out) => race(votes, without(out), needed, byOrder, [...past, now]));
  const winners = union(ways.map((way) => way.winners));
  return { winners, votes: ways.length === 1 || winners.size === 1 ? new Map([...now, ...ways[0].votes]) : now };
}

// Every set that can be chosen in the end: for each place a run-off among those who are not chosen yet.
function ends(chosen, votes, rules, needed) {
  const left = rules.options.filter((option) => !chosen.includes(option));
  if (!left.length || chosen.length === rules.places) return [chosen];
  let { winners } = race(votes, left, needed, rules.by_order, []);
  const first = left.find((option) => winners.has(option));
  if (rules.by_order && first !== undefined) winners = [first];
  return [...winners].flatMap((one) => (one === null ? [chosen] : ends([...chosen, one], votes, rules, needed)));
}

// Equal shares ---------------------------------------------------------------------------------------------

// Money is an amount and how it grows with each £1 that shares are raised by: it says which raises change nothing.
const money = (amount, growth = 0) => ({ amount: Fraction.of(amount), growth: Fraction.of(growth) });
const add = (one, other, times = 1) => ({
  amount: one.amount.plus(other.amount.times(times)),
  growth: one.growth.plus(other.growth.times(times)),
});

// What is funded, in the given order where options are level (noted in `met`), and the next raise that may change it.
function shares(wants, price, pot, raised, order, met) {
  let turns = null;
  const isLess = (one, other) => {
    const gap = other.amount.minus(one.amount);
    const gains = other.growth.minus(one.growth);
    if (!gains.isZero) {
      const after = gap.dividedBy(gains).times(-1);
      if (after.isAtLeast(0) && (turns === null || turns.isMoreThan(after))) turns = after;
    }
    return gap.isMoreThan(0);
  };
  const share = money(Fraction.of(pot).dividedBy(sum(wants.map((each) => each.weight))).plus(raised), 1);
  const purses = wants.map(() => share);

  // What each supporter pays: all alike, but who has less pays all that is left. Null if it is too much.
  const eachPays = (option) => {
    const fans = wants.flatMap(({ options, weight }, place) => (options.has(option) ? [[purses[place], weight]] : []));
    fans.sort(([one], [other]) => one.amount.compare(other.amount));
    let rest = money(price.get(option));
    if (isLess(fans.reduce((total, [held, weight]) => add(total, held, weight), money(0)), rest)) return null;
    let paying = sum(fans.map(([, weight]) => weight));
    for (const [held, weight] of fans) {
      if (held.amount.times(paying).isAtLeast(rest.amount)) break;
      rest = add(rest, held, weight.times(-1));
      paying = paying.minus(weight);
    }
    const pays = add(money(0), rest, Fraction.of(1).dividedBy(paying));
    fans.forEach(([held]) => isLess(held, pays));
    return pays;
  };

  const funded = [];
  for (;;) {
    const offers = order
      .filter((option) => !funded.includes(option))
      .map((option) => [option, eachPays(option)])
      .filter(([, pays]) => pays);
    if (!offers.length) break;
    const cheapest = offers.map(([, pays]) => pays).reduce((best, pays) => (best.amount.isMoreThan(pays.amount) ? pays : best));
    const level = offers.filter(([, pays]) => !isLess(cheapest, pays)).map(([option]) => option);
    wants.forEach(({ options }, place) => {
      // The order matters where somebody wants several and cannot pay for all of them.
      const several = level.filter((option) => options.has(option));
      if (several.length > 1 && isLess(purses[place], add(money(0), cheapest, several.length))) {
        several.forEach((option) => met.add(option));
      }
    });
    const pays = offers.find(([option]) => option === level[0])[1];
    funded.push(level[0]);
    wants.forEach(({ options }, place) => {
      if (options.has(level[0])) purses[place] = isLess(purses[place], pays) ? money(0) : add(purses[place], pays, -1);
    });
  }
  if (turns === null) return { funded, next: null };
  const whole = Number((turns.over + turns.under - 1n) / turns.under);
  return { funded, next: raised + Math.max(1, whole) };
}

// Shares raised by £1 until the pot has money for no other option, or would be overspent; idle raises left out.
function spentOn(wants, price, pot, order, met) {
  const cost = (options) => options.reduce((total, option) => total + price.get(option), 0);
  let { funded, next } = shares(wants, price, pot, 0, order, met);
  while (next !== null && order.some((o) => !funded.includes(o) && price.get(o) <= pot - cost(funded))) {
    const further = shares(wants, price, pot, next, order, met);
    if (cost(further.funded) > pot) break;
    ({ funded, next } = further);
  }
  return funded;
}

// What is funded in every order of the options that are level; by the order of the ballot where that was declared.
function waysToSpend(votes, rules, options) {
  const groups = new Map();
  for (const [vote, weight] of votes) {
    const wanted = sorted(vote.map(([option]) => option));
    const key = wanted.join(" ");
    groups.set(key, { options: new Set(wanted), weight: (groups.get(key)?.weight ?? ZERO).plus(weight) });
  }
  const wants = [...groups.values()];
  const price = new Map(rules.options.map((option, place) => [option, rules.prices[place]]));
  const met = new Set();
  if (!wants.length) return [[]];
  if (rules.by_order) return [spentOn(wants, price, rules.pot, options, met)];
  // Nothing but their names tells twins apart, so one order of them stands for all.
  const tells = (option) => `${price.get(option)}: ${wants.map((each) => each.options.has(option))}`;
  const twins = new Map(options.map((option) => [option, options.filter((each) => tells(each) === tells(option))]));
  let [ways, tried] = [[], -1];
  while (tried !== met.size) {
    tried = met.size;
    ways = [];
    const level = sorted(met);
    for (const first of orders(level, (option, left) => !left.some((each) => each < option && twins.get(option).includes(each)))) {
      const order = [...first, ...options.filter((option) => !level.includes(option))];
      const funded = spentOn(wants, price, rules.pot, order, met);
      ways.push(options.filter((option) => twins.get(option).every((each) => funded.includes(each))));
      ways.push(options.filter((option) => twins.get(option).some((each) => funded.includes(each))));
    }
  }
  return ways;
}

// Every order of some options in which the next one may come before those left.
function* orders(left, mayBeNext) {
  if (!left.length) yield [];
  for (const option of left.filter((each) => mayBeNext(each, left))) {
    for (const rest of orders(left.filter((each) => each !== option), mayBeNext)) yield [option, ...rest];
  }
}

// The page -------------------------------------------------------------------------------------------------

function element(name, words, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = words;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

// A table of what the site says beside what was counted here.
function comparison({ counts, part }) {
  const table = element("table", "", { class: "govuk-table" });
  table.append(element("caption", "Counted per person", { class: "govuk-table__caption govuk-table__caption--s" }));
  const head = table.createTHead().insertRow();
  for (const words of ["Option", "This site says", "Counted here"]) {
    head.append(element("th", words, { scope: "col", class: "govuk-table__header" }));
  }
  const body = table.createTBody();
  const said = new Map(part.result.person.lines.map(([option, score]) => [option, score]));
  const found = new Map(counts.person.lines.map(([option, score]) => [option, score]));
  for (const { number, title } of part.options) {
    const row = body.insertRow();
    const place = counts.person.chosen.includes(number) ? ", chosen" : counts.person.tied.includes(number) ? ", tied" : "";
    row.append(
      element("th", title, { scope: "row", class: "govuk-table__header" }),
      element("td", said.get(number), { class: "govuk-table__cell" }),
      element("td", `${found.get(number)}${place}`, { class: "govuk-table__cell" }),
    );
  }
  return table;
}

async function show(root) {
  const answer = root.querySelector("[data-recount-answer]");
  answer.replaceChildren(element("p", "Counting…"));
  try {
    const code = root.querySelector("input")?.value.trim() ?? "";
    const response = await fetch(root.dataset.recount, { cache: "no-store" });
    if (!response.ok) throw new Error(`The site answered ${response.status}.`);
    const found = await recount(await response.text(), code);
    const verdict = found.faults.length
      ? "Something is not right. Tell whoever runs the vote, and keep the file."
      : `Nothing was altered, and the count is as this site says${code ? ". The code is the one you gave" : ""}.`;
    answer.replaceChildren(element("p", verdict), ...found.faults.map((fault) => element("p", fault)));
    if (found.counts.person) answer.append(comparison(found));
  } catch (problem) {
    answer.replaceChildren(element("p", `It could not be counted here: ${problem.message} Try again, or run the verifier.`));
  }
}

if (typeof document !== "undefined") {
  for (const root of document.querySelectorAll("[data-recount]")) {
    root.hidden = false;
    root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      show(root);
    });
  }
} else {
  globalThis.recount = recount; // for the tests
}
