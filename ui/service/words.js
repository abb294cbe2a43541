/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of these pages in the reader's language, and how nodes are made. */

const LANGUAGES = ['en', 'zh-CN'];
let words = {};
let chosen = 'en';

function wanted() {
  const asked = new URLSearchParams(location.search).get('lang');

  if (LANGUAGES.includes(asked))
    return asked;
  for (const language of navigator.languages ?? [navigator.language])
    if (/^zh\b/i.test(language))
      return 'zh-CN';
    else if (/^en\b/i.test(language))
      return 'en';
  return 'en';
}

/* Loads the words; to be waited for before the first of them is asked. */
export async function loadWords() {
  chosen = wanted();
  words = await (await fetch(`/web/words.${chosen}.json`)).json();
  document.documentElement.lang = chosen;
}

export function language() {
  return chosen;
}

/* The words of @key, with {name} replaced from @values; what has no words is shown as it is. */
export function t(key, values = {}) {
  const text = words[key] ?? key.slice(key.lastIndexOf('.') + 1);

  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/* A name that people entered, in the reader's language if they gave it in that. */
export function named(name) {
  if (name === null || typeof name !== 'object')
    return name ?? '';
  return name[chosen] ?? name.en ?? Object.values(name)[0] ?? '';
}

/* A node; text is text, whatever is in it. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);

  for (const [name, value] of Object.entries(properties))
    if (name.startsWith('on'))
      node.addEventListener(name.slice(2), value);
    else if (name in node && name !== 'list')
      node[name] = value;
    else
      node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/* What went wrong with an answer of the service, in words. */
export function problemWords(problem) {
  const slug = problem?.type ?? 'offline';

  return words[`problem.${slug}`] ?? t('problem.other', { what: slug });
}

export function when(text) {
  const at = new Date(text);

  return Number.isNaN(at.getTime()) ? '' : at.toLocaleString(chosen, {
    month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/* For an Idempotency-Key: of the time, so that keys sort as they were made, and chance. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();

  for (let i = 5; i >= 0; i--) {
    bytes[i] = now % 256;
    now = Math.floor(now / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
