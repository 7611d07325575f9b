import { stripInvisible } from '../../../platform/text/invisible.js';

/** As much of an issue as is compared. */
export interface Comparable {
  readonly title: string;
  readonly body: string;
}

export interface OpenIssue extends Comparable {
  readonly number: number;
  readonly url: string;
}

export interface Duplicate {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** 0–1 */
  readonly score: number;
}

const LEAST = 0.25;
const MOST = 5;
/** A title is short and chosen; the texts of two reports of one fault differ much more. */
const TITLE_SHARE = 0.6;
const COMMON_WORDS = new Set(
  (
    'a about after all an and any are as at be because been but by can cannot could did do does for from get had has have how i ' +
    'if in into is it its me my no not of on one only or our out should so some than that the their them then there they this ' +
    'to too up was we were what when where which while who will with would you your'
  ).split(' '),
);

type Vector = ReadonlyMap<string, number>;

/**
 * Open issues that resemble a draft, the likest first: the cosine of the rare words they share, of the titles and of the
 * whole texts. Words that many of the issues have weigh little (inverse document frequency over these issues).
 */
export function findDuplicates(draft: Comparable, open: readonly OpenIssue[]): Duplicate[] {
  const documents = [draft, ...open].map(({ title, body }) => ({
    title: counted(title),
    whole: counted(`${title}\n${withoutCode(body)}`),
  }));
  const rarity = rarityIn(documents.map(({ whole }) => whole));
  const [own, ...others] = documents.map(({ title, whole }) => ({
    title: weighted(title, rarity),
    whole: weighted(whole, rarity),
  }));
  if (!own) return [];
  return open
    .map(({ number, title, url }, at) => {
      const other = others[at] ?? own;
      const score = TITLE_SHARE * cosine(own.title, other.title) + (1 - TITLE_SHARE) * cosine(own.whole, other.whole);
      return { number, title: stripInvisible(title), url, score: Math.round(score * 1_000) / 1_000 };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || b.number - a.number)
    .slice(0, MOST);
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, ' ').replace(/<!--[\s\S]*?-->/g, ' ');
}

function counted(text: string): Vector {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []) {
    if (COMMON_WORDS.has(word)) continue;
    const stem = stemOf(word);
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

/** English endings only, and only of words that stay recognisable: `pages`, `paged` and `paging` are one. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ings?|ed|es|s)$/, '');
  return stem.length >= 3 ? stem.replace(/e$/, '') : word;
}

function rarityIn(documents: readonly Vector[]): Vector {
  const having = new Map<string, number>();
  for (const document of documents) for (const word of document.keys()) having.set(word, (having.get(word) ?? 0) + 1);
  return new Map([...having].map(([word, count]) => [word, Math.log(1 + documents.length / count)]));
}

function weighted(counts: Vector, rarity: Vector): Vector {
  return new Map([...counts].map(([word, count]) => [word, (1 + Math.log(count)) * (rarity.get(word) ?? 0)]));
}

function cosine(a: Vector, b: Vector): number {
  let product = 0;
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0);
  const length = Math.hypot(...a.values()) * Math.hypot(...b.values());
  return length === 0 ? 0 : product / length;
}
