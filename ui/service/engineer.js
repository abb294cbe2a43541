/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engineer's page: my orders and what I do about them, with or without a
 * network. An act is kept on the phone first and shown as waiting; it is sent in
 * the order in which it was done, for each order apart, and leaves the phone only
 * when the service has answered or the engineer drops it. */
import { el, loadWords, named, newKey, problemWords, t, when } from '/web/words.js';
import * as kept from '/web/kept.js';
import { prepared } from '/web/photo.js';

const banner = document.getElementById('banner');
const page = document.getElementById('page');
const TIMEOUT_MS = 15000;
/* A photo has this and its bytes at the pace of a bad network. */
const PHOTO_TIMEOUT_MS = 30000;
const LEAST_BYTES_PER_MS = 8;
const POLL_MS = 20000;

/* What may be done in which state and where that leads; the service judges. */
const VERBS = {
  accept: { from: ['unaccepted', 'assigned'], to: 'accepted', main: true },
  refuse: { from: ['assigned'], to: 'refused', fields: ['reason'] },
  speak: { from: ['accepted', 'travelling', 'on_site'], unless: 'spoken_at' },
  travel: { from: ['accepted'], to: 'travelling', main: true },
  arrive: { from: ['accepted', 'travelling'], to: 'on_site', main: true },
  start: { from: ['accepted', 'on_site'], to: 'in_progress', main: true },
  hold: { from: ['in_progress'], to: 'on_hold', fields: ['reason'] },
  resume: { from: ['on_hold'], to: 'in_progress', main: true },
  note: { from: ['accepted', 'travelling', 'on_site', 'in_progress', 'on_hold', 'completed'],
    fields: ['note'] },
  use_part: { from: ['on_site', 'in_progress', 'on_hold', 'completed'],
    fields: ['part_id', 'quantity'] },
  photo: { from: ['on_site', 'in_progress', 'on_hold', 'completed'], fields: ['photo'] },
  complete: { from: ['in_progress'], to: 'completed', main: true,
    fields: ['cause', 'action', 'fix', 'follow_up_at'] },
};

let token = null;
let me = null;
let orders = [];
let offers = [];        /* what nobody has and they could take */
let stations = [];      /* where they are */
let parts = [];         /* in the van */
let words = {};         /* of the faults that they are about */
let acts = [];
let shown = null;       /* id of the order that is open, which a message may name; null: the list */
let form = null;        /* name of the verb whose fields are asked */
let heardAt = null;     /* when the service was last heard, by this phone */
let offline = false;
let working = false;    /* a round with the service is under way */
let again = false;      /* something was done meanwhile: another after it */
let trouble = null;     /* what the phone itself could not do, as a problem */
let upload = null;      /* ends the one that runs */
const late = new Set(); /* keys of photos that did not get through */

/* --- the service --- */

class Refused extends Error {
  constructor(status, problem) {
    super(problem.type);
    this.status = status;
    this.problem = problem;
  }
}

async function ask(method, path, { body, type = 'application/json', key,
  signal = AbortSignal.timeout(TIMEOUT_MS) } = {}) {
  const headers = {};

  if (token !== null)
    headers.Authorization = `Bearer ${token}`;
  if (body !== undefined)
    headers['Content-Type'] = type;
  if (key !== undefined)
    headers['Idempotency-Key'] = key;
  const response = await fetch(path, { method, headers, body, cache: 'no-store', signal });
  const text = await response.text();

  if (response.ok)
    return text === '' ? null : JSON.parse(text);
  let problem = { type: 'internal' };
  try {
    problem = JSON.parse(text);
  } catch { /* not of the service: something in between */ }
  throw new Refused(response.status, problem);
}

async function takeSession(session) {
  token = session.token;
  me = session.me;
  await kept.setFact('refresh', session.refresh_token);
  await kept.setFact('me', session.me);
}

/* Asked with the token; when it has run out, once more with a new one. */
async function askAsMe(method, path, options) {
  if (token !== null) {
    try {
      return await ask(method, path, options);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401)
        throw error;
      token = null;
    }
  }
  const refresh = await kept.getFact('refresh');

  if (refresh === undefined)
    throw new Refused(401, { type: 'not-signed-in' });
  await takeSession(await ask('POST', '/api/v1/session/refresh',
    { body: JSON.stringify({ refresh_token: refresh }) }));
  return ask(method, path, options);
}

/* --- acts --- */

const actsOf = (id) => acts.filter((act) => act.order === id);

function stateOf(order) {
  return actsOf(order.id).reduce((state, act) =>
    act.refused === undefined ? VERBS[act.verb].to ?? state : state, order.state);
}

/* The phone's own word on why it could not keep something. */
class NotKept extends Error {
  constructor(cause) {
    super(cause.message, { cause });
    this.problem = { type: kept.isFull(cause) ? 'phone-full' : 'phone-cannot-keep' };
  }
}

/* Only what is on its disk is done. */
async function act(order, verb, { photo, ...body }) {
  try {
    await kept.putAct({ key: newKey(), user: me.name, order: order.id, verb, photo,
      body: { ...body, claimed_at: new Date().toISOString() } });
  } catch (error) {
    throw new NotKept(error);
  }
  acts = await kept.listActs();
  form = trouble = null;
  show();
  /* A word on where one is does not wait for a picture. */
  if (photo === undefined)
    upload?.abort();
  round();
}

/* Without a form, in which it would be said what went wrong. */
async function actAtOnce(order, verb) {
  try {
    await act(order, verb, {});
  } catch (error) {
    trouble = error.problem ?? { type: 'phone-cannot-keep' };
    show();
  }
}

async function sendPhoto(one, path) {
  const bound = new AbortController();
  const clock = setTimeout(() => bound.abort(),
    PHOTO_TIMEOUT_MS + one.photo.size / LEAST_BYTES_PER_MS);

  upload = bound;
  try {
    return await askAsMe('POST',
      `${path}photos?claimed_at=${encodeURIComponent(one.body.claimed_at)}`,
      { key: one.key, body: one.photo, type: one.photo.type, signal: bound.signal });
  } finally {
    clearTimeout(clock);
    upload = null;
  }
}

function send(one) {
  const path = `/api/v1/work_orders/${one.order}/`;

  return one.photo !== undefined ? sendPhoto(one, path)
    : askAsMe('POST', path + one.verb, { key: one.key, body: JSON.stringify(one.body) });
}

/* The service's word on this act, not trouble on the way to it. */
const isVerdict = (error) => error instanceof Refused && error.status >= 400
  && error.status < 500 && ![401, 408, 429].includes(error.status);

/* Each order's in their order; what waits for no photo goes first, and photos that did not
 * get through go last. */
function inTurn() {
  const behind = new Set();
  const turns = [[], [], []];

  for (const one of acts.filter((other) => other.user === me.name)) {
    if (one.photo !== undefined && late.has(one.key)) {
      turns[2].push(one);
      continue;
    }
    if (one.photo !== undefined)
      behind.add(one.order);
    turns[behind.has(one.order) ? 1 : 0].push(one);
  }
  return turns.flat();
}

/* Behind one that was refused its order's others wait for the engineer; a photo that does
 * not get through, and an order of which the service can do nothing now, hold up no other. */
async function sendActs() {
  const held = new Set(acts.filter((one) => one.refused !== undefined).map((one) => one.order));

  for (const one of inTurn()) {
    if (held.has(one.order))
      continue;
    try {
      const order = await send(one);

      await kept.finishAct(one.key, order !== null && 'state' in order ? order : null);
      late.delete(one.key);
    } catch (error) {
      if (isVerdict(error)) {
        held.add(one.order);
        await kept.putAct({ ...one, refused: error.problem });
      } else if (one.photo !== undefined && !(error instanceof Refused))
        late.add(one.key);
      else if (error instanceof Refused && error.status >= 500)
        held.add(one.order);
      else
        throw error;
    }
    acts = await kept.listActs();
    orders = await kept.listOrders();
    show();
  }
}

/* --- rounds: send what waits, fetch what is new --- */

async function round() {
  if (me === null)
    return;
  if (working) {
    again = true;
    return;
  }
  working = true;
  again = false;
  try {
    await sendActs();
    const mine = await askAsMe('GET', '/api/v1/me/work_orders');

    await kept.replaceOrders(mine.orders);
    await kept.setFact('around', { offers: mine.offers, stations: mine.stations,
      parts: mine.parts, words: mine.words });
    ({ orders, offers, stations, parts, words } = mine);
    heardAt = Date.now();
    await kept.setFact('heard', heardAt);
    offline = false;
    trouble = null;
  } catch (error) {
    if (error instanceof Refused && error.status === 401)
      await signInIsOver();
    if (kept.isFull(error))
      trouble = { type: 'phone-full' };
    else
      offline = !(error instanceof Refused);
  } finally {
    working = false;
    show();
  }
  if (again)
    round();
}

async function signInIsOver() {
  token = null;
  await kept.setFact('refresh', undefined);
  showSignIn({ type: 'not-signed-in' });
}

/* --- sign-in --- */

async function signIn(event) {
  const fields = new FormData(event.target);

  event.preventDefault();
  try {
    await takeSession(await ask('POST', '/api/v1/session',
      { body: JSON.stringify({ name: fields.get('name'), password: fields.get('password') }) }));
    show();
    await round();
  } catch (error) {
    showSignIn(error instanceof Refused ? error.problem : { type: 'offline' }, fields.get('name'));
  }
}

function showSignIn(problem, name = '') {
  me = null;
  banner.replaceChildren();
  page.replaceChildren(el('h1', {}, t('sign-in.title')),
    problem === null ? '' : el('p', { className: 'status wrong', role: 'alert' },
      problemWords(problem)),
    acts.length > 0 ? el('p', { className: 'status' }, t('sign-in.waiting', { n: acts.length })) : '',
    el('form', { id: 'sign-in', onsubmit: signIn },
      el('label', { htmlFor: 'name' }, t('sign-in.name')),
      el('input', { id: 'name', name: 'name', required: true, autocomplete: 'username', value: name }),
      el('label', { htmlFor: 'password' }, t('sign-in.password')),
      el('input', { id: 'password', name: 'password', type: 'password', required: true,
        autocomplete: 'current-password' }),
      el('button', { type: 'submit', className: 'primary' }, t('sign-in.do'))));
}

async function signOut() {
  try {
    await ask('DELETE', '/api/v1/session');
  } catch { /* the phone forgets it all the same */ }
  token = null;
  await kept.forget();
  orders = [];
  offers = [];
  showSignIn(null);
}

/* --- what is shown --- */

function showBanner() {
  const waiting = acts.filter((one) => one.refused === undefined).length;
  const lines = [];

  if (offline)
    lines.push(el('p', { className: 'status', id: 'offline' }, heardAt === null
      ? t('banner.offline') : t('banner.offline-since', { when: when(heardAt) })));
  if (waiting > 0)
    lines.push(el('p', { className: 'status', id: 'waiting' }, t('banner.waiting', { n: waiting })));
  if (trouble !== null)
    lines.push(el('p', { className: 'status wrong', role: 'alert', id: 'trouble' },
      problemWords(trouble)));
  banner.replaceChildren(...lines);
}

function level(order) {
  return el('span', { className: `level level-${order.level}`,
    'aria-label': t(`level.${order.level}`) }, String(order.level));
}

/* The clock that runs: until somebody spoke with the site it is the response's. */
function due(order) {
  if (order.responded_at === undefined || order.responded_at === null)
    return t('order.response-due', { when: when(order.response_due_at) });
  return order.restored_at ? t('order.restored', { when: when(order.restored_at) })
    : t('order.restore-due', { when: when(order.restore_due_at) });
}

const stationOf = (order) => stations.find((one) => one.id === order.station_id);

/* What is wrong; somebody who scanned a label said it in one of the words of that page. */
function title(order) {
  const [, reported] = /^reported-(.*)$/.exec(order.code ?? '') ?? [];

  return order.subject ?? (reported !== undefined ? t(`what.${reported}`)
    : named(words[order.code]) || order.code || order.number);
}


/* One that is taken is theirs as soon as the service says so, and waits among the others. */
const isMine = (order) => orders.some((one) => one.id === order.id);

function card(order) {
  return el('button', { className: 'card', type: 'button', id: `order-${order.id}`,
    onclick: () => { shown = order.id; show(); scrollTo(0, 0); } },
  level(order), el('strong', {}, title(order)), el('span', {}, named(stationOf(order)?.name)),
  el('br'), el('span', { className: 'dim' },
    `${order.number} · ${t(`state.${stateOf(order)}`)} · ${due(order)}`));
}

/* What was not taken of an order that is not theirs any more is nowhere else to be seen. */
function strayRefusals() {
  const known = new Set([...orders, ...offers].map((order) => order.id));

  return acts.filter((one) => one.refused !== undefined && !known.has(one.order)).map(refusal);
}

function showList() {
  const sorted = orders.toSorted((a, b) => a.level - b.level
    || String(a.restore_due_at).localeCompare(String(b.restore_due_at)));
  const free = offline ? [] : offers.filter((order) => !isMine(order));

  document.title = t('list.title');
  page.replaceChildren(el('h1', {}, t('list.title')), ...strayRefusals(), ...sorted.map(card),
    sorted.length === 0 ? el('p', { className: 'panel' }, t('list.empty')) : '',
    free.length > 0 ? el('h2', { id: 'offers' }, t('list.offers')) : '', ...free.map(card),
    el('button', { type: 'button', id: 'again', onclick: round }, t('list.again')),
    el('button', { type: 'button', id: 'sign-out', onclick: signOut },
      t('sign-out.do', { name: me.display_name ?? me.name })));
}

/* A text, or one for each role; what cannot be called is left to be read. */
function phonesOf(station) {
  const text = station.phones ?? '';

  if (!text.startsWith('{'))
    return text === '' ? [] : [['', text]];
  try {
    return Object.entries(JSON.parse(text));
  } catch {
    return [['', text]];
  }
}

function reach(order) {
  const station = stationOf(order) ?? {};
  const { latitude, longitude } = station;
  const place = typeof latitude !== 'number' ? null
    : `geo:${latitude},${longitude}?q=${latitude},${longitude}`;

  return el('div', {},
    ...phonesOf(station).map(([role, phone]) => el('a', { className: 'button call',
      href: `tel:${phone.replace(/[^+\d]/g, '')}` },
    role === '' ? t('order.call', { phone }) : `${t(`role.${role}`)}: ${phone}`)),
    place !== null ? el('a', { className: 'button', id: 'navigate', href: place },
      t('order.navigate')) : null);
}

/* One act that the service would not take: nothing is dropped but by the engineer. */
function refusal(one) {
  const retry = async () => {
    await kept.putAct({ ...one, refused: undefined });
    acts = await kept.listActs();
    show();
    round();
  };
  const drop = async () => {
    await kept.dropAct(one.key);
    acts = await kept.listActs();
    show();
    round();
  };

  return el('div', { className: 'status wrong', role: 'alert' },
    el('p', {}, t('act.refused', { act: t(`verb.${one.verb}`), when: when(one.body.claimed_at) })),
    el('p', {}, problemWords(one.refused)),
    el('div', { className: 'row' },
      el('button', { type: 'button', className: 'again', onclick: retry }, t('action.retry')),
      el('button', { type: 'button', className: 'drop', onclick: drop }, t('act.drop'))));
}

function waitingActs(order) {
  return actsOf(order.id).filter((one) => one.refused === undefined).map((one) =>
    el('li', {}, t('act.waiting', { act: t(`verb.${one.verb}`), when: when(one.body.claimed_at) })));
}

const FIELDS = {
  reason: () => [el('label', { htmlFor: 'reason' }, t('field.reason')),
    el('textarea', { id: 'reason', name: 'reason', required: true, maxLength: 500 })],
  note: () => [el('label', { htmlFor: 'note' }, t('field.note')),
    el('textarea', { id: 'note', name: 'note', required: true, maxLength: 2000 })],
  part_id: () => [el('label', { htmlFor: 'part_id' }, t('field.part')),
    el('select', { id: 'part_id', name: 'part_id', required: true },
      ...parts.map((part) => el('option', { value: part.id },
        `${named(part.name)} (${part.code}) · ${part.quantity}`)))],
  quantity: () => [el('label', { htmlFor: 'quantity' }, t('field.quantity')),
    el('input', { id: 'quantity', name: 'quantity', type: 'number', min: 1, max: 999, value: 1,
      required: true })],
  photo: () => [el('label', { htmlFor: 'photo' }, t('field.photo')),
    el('input', { id: 'photo', name: 'photo', type: 'file', accept: 'image/jpeg,image/png',
      capture: 'environment', required: true, onchange: look })],
  cause: () => [el('label', { htmlFor: 'cause' }, t('field.cause')),
    el('textarea', { id: 'cause', name: 'cause', required: true, maxLength: 500 })],
  action: () => [el('label', { htmlFor: 'action' }, t('field.action')),
    el('textarea', { id: 'action', name: 'action', required: true, maxLength: 500 })],
  fix: () => [el('fieldset', {}, el('legend', {}, t('field.fix')),
    ...['permanent', 'temporary'].map((fix) => el('label', { className: 'choice' },
      el('input', { type: 'radio', name: 'fix', value: fix, required: true }), t(`fix.${fix}`))))],
  follow_up_at: () => [el('label', { htmlFor: 'follow_up_at' }, t('field.follow-up')),
    el('input', { id: 'follow_up_at', name: 'follow_up_at', type: 'datetime-local' })],
};

function bodyOf(fields) {
  const body = {};

  for (const [name, value] of fields)
    if (value instanceof File)
      body.photo = value;
    else if (name === 'quantity' || name === 'part_id')
      body[name] = Number(value);
    else if (name === 'follow_up_at' && value !== '')
      body.follow_up_at = new Date(value).toISOString();
    else if (value.trim() !== '')
      body[name] = value.trim();
  return body;
}

/* A temporary fix without a date is asked for it here, not by a refusal hours later. */
function isComplete(order, asked) {
  const date = asked.elements.follow_up_at;

  if (date === undefined)
    return true;
  const missing = asked.elements.fix.value === 'temporary' && date.value === ''
    && !order.follow_up_id;

  date.setCustomValidity(missing ? t('field.follow-up-missing') : '');
  return asked.reportValidity();
}

/* What is wrong stands in the form, and what was written stays. */
function complain(asked, problem) {
  asked.querySelector('[role=alert]')?.remove();
  if (problem !== null)
    asked.querySelector('button').before(el('p', { className: 'status wrong', role: 'alert' },
      problemWords(problem)));
}

/* As soon as it is chosen: whether it is a photo that can be sent. */
async function look(event) {
  const [file] = event.target.files;
  const asked = event.target.form;

  complain(asked, null);
  try {
    if (file !== undefined)
      await prepared(file);
  } catch (error) {
    complain(asked, error.problem ?? { type: 'photo-unknown-format' });
    event.target.value = '';
  }
}

async function submit(event, order, verb) {
  const asked = event.target;
  const send = asked.querySelector('[type=submit]');

  event.preventDefault();
  if (send.disabled || !isComplete(order, asked))
    return;
  complain(asked, null);
  send.disabled = true;
  try {
    const body = bodyOf(new FormData(asked));

    if (body.photo !== undefined)
      body.photo = await prepared(body.photo);
    await act(order, verb, body);
  } catch (error) {
    complain(asked, error.problem ?? { type: 'phone-cannot-keep' });
    send.disabled = false;
  }
}

function verbForm(order, verb) {
  return el('form', { id: `form-${verb}`, className: 'panel',
    oninput: (event) => event.currentTarget.elements.follow_up_at?.setCustomValidity(''),
    onsubmit: (event) => submit(event, order, verb) },
  el('h2', {}, t(`verb.${verb}`)), ...VERBS[verb].fields.flatMap((name) => FIELDS[name]()),
  el('button', { type: 'submit', className: 'primary' }, t(`verb.${verb}`)),
  el('button', { type: 'button', onclick: () => { form = null; show(); } }, t('action.cancel')));
}

function verbButtons(order) {
  const state = stateOf(order);
  /* What comes next in most cases; the others are there, too. */
  const next = Object.keys(VERBS).find((verb) => VERBS[verb].main && VERBS[verb].from.includes(state));

  return Object.entries(VERBS)
    .filter(([verb, { from, unless }]) => from.includes(state)
      && (verb !== 'use_part' || parts.length > 0)
      && (unless === undefined || !(order[unless] || actsOf(order.id).some((one) =>
        one.verb === verb))))
    .map(([verb, { fields }]) => el('button', { type: 'button', id: `verb-${verb}`,
      className: verb === next ? 'primary' : '',
      onclick: () => {
        if (fields === undefined)
          return actAtOnce(order, verb);
        form = verb;
        return show();
      } }, t(`verb.${verb}`)));
}

function facts(order) {
  return el('div', { className: 'panel' },
    el('p', {}, named(stationOf(order)?.name)),
    stationOf(order)?.address ? el('p', { className: 'dim' }, stationOf(order).address) : null,
    el('p', {}, order.target_label ?? ''),
    order.description ? el('p', {}, order.description) : null,
    order.note ? el('p', { className: 'dim' }, order.note) : null,
    el('p', { className: 'number' }, due(order)));
}

/* Whoever looked at it was not content, and has said why. */
function isRejected(order) {
  return Boolean(order.reject_reason) && ['in_progress', 'on_hold'].includes(stateOf(order));
}

function showOrder(order) {
  document.title = order.number;
  page.replaceChildren(
    el('button', { type: 'button', id: 'back', onclick: () => { shown = form = null; show(); } },
      t('order.back')),
    el('h1', {}, level(order), title(order)),
    el('p', { className: 'status', id: 'state' }, t(`state.${stateOf(order)}`), ' · ', order.number),
    isRejected(order) ? el('p', { className: 'status wrong', id: 'rejected' },
      t('order.rejected', { reason: order.reject_reason })) : '',
    ...actsOf(order.id).filter((one) => one.refused !== undefined).map(refusal),
    el('ol', { className: 'steps', id: 'acts' }, ...waitingActs(order)),
    facts(order), reach(order),
    ...(form === null ? verbButtons(order) : [verbForm(order, form)]));
  if (form !== null)
    page.querySelector('form').elements[0]?.focus();
}

/* Nothing is drawn anew under somebody who is writing. */
function show() {
  const order = orders.find((one) => one.id === shown)
    ?? offers.find((one) => one.id === shown);

  if (me === null)
    return;
  showBanner();
  if (form !== null && page.querySelector(`#form-${form}`) !== null && order !== undefined)
    return;
  if (order === undefined)
    showList();
  else
    showOrder(order);
}

/* --- the beginning --- */

/* What the link of a message names; it stands in the address no longer than that. */
function openNamed() {
  const [, id] = /^#(\d+)$/.exec(location.hash) ?? [];

  if (id === undefined)
    return;
  history.replaceState(null, '', location.pathname + location.search);
  shown = Number(id);
  form = null;
  show();
}

await loadWords();
if ('serviceWorker' in navigator)
  navigator.serviceWorker.register('/m/worker.js', { scope: '/m/' });
navigator.storage?.persist?.();
acts = await kept.listActs();
orders = await kept.listOrders();
({ offers = [], stations, parts, words } = await kept.getFact('around')
  ?? { offers, stations, parts, words });
heardAt = await kept.getFact('heard') ?? null;
me = await kept.getFact('me') ?? null;
openNamed();
addEventListener('hashchange', openNamed);
if (me === null || await kept.getFact('refresh') === undefined)
  showSignIn(null);
else
  show();
addEventListener('online', round);
setInterval(round, POLL_MS);
round();
