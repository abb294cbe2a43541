/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody scanned the label on a thing that does not work: at most three
 * fields, no sign-in; then the number of the report and how it goes on. */
import { el, language, loadWords, named, newKey, problemWords, t, when } from '/web/words.js';

const page = document.getElementById('page');
const [, kind, code] = location.pathname.split('/');
/* One key for one report, however often it is sent. */
const key = newKey();
const MOST_TRIES = 10;
const MOST_WAIT_S = 90;
const MOST_SPREAD_S = 10;
let position = null;

async function ask(path, options = {}) {
  const response = await fetch(path, { ...options, cache: 'no-store' });
  const answer = await response.json();

  if (!response.ok)
    throw Object.assign(new Error(answer.type), { problem: answer,
      later: Number(response.headers.get('Retry-After')) });
  return answer;
}

function show(...nodes) {
  page.replaceChildren(...nodes.filter((node) => node !== null));
}

function wrong(error) {
  return el('p', { className: 'status wrong', role: 'alert' }, problemWords(error.problem));
}

function heading(thing) {
  return [
    el('p', { className: 'dim' },
      [named(thing.station), t(`noun.${thing.noun}`)].filter((word) => word !== '').join(' · ')),
    el('h1', {}, named(thing.name)),
  ];
}

/* --- how a report goes on --- */

function showProgress(progress) {
  document.title = t('progress.title', { number: progress.number });
  show(...heading(progress),
    el('p', { className: 'status', id: 'state' }, t(`state.${progress.state}`)),
    el('p', {}, t('progress.number'), ' ',
      el('strong', { className: 'number', id: 'number' }, progress.number)),
    progress.joined ? el('p', { id: 'joined' }, t('progress.joined')) : null,
    el('h2', {}, t('progress.steps')),
    el('ol', { className: 'steps' }, ...progress.steps.map((step) =>
      el('li', {}, el('strong', {}, t(`state.${step.state}`)), ' ',
        el('span', { className: 'dim' }, when(step.at))))),
    el('button', { type: 'button', onclick: () => location.reload() }, t('progress.again')));
}

async function openProgress() {
  try {
    showProgress(await ask(`/api/v1/reports/${encodeURIComponent(code)}`));
  } catch (error) {
    show(wrong(error), el('button', { type: 'button', onclick: openProgress }, t('action.retry')));
  }
}

/* --- a new report --- */

function choices(thing) {
  return el('fieldset', {}, el('legend', {}, t('report.what')),
    ...thing.questions.map((what) => el('label', { className: 'choice' },
      el('input', { type: 'radio', name: 'what', value: what, required: true }),
      t(`what.${what}`))));
}

/* Asked only when touched: who refuses loses nothing. */
function positionButton() {
  const button = el('button', { type: 'button', id: 'position' }, t('report.position'));

  button.addEventListener('click', () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition((found) => {
      position = { latitude: found.coords.latitude, longitude: found.coords.longitude };
      button.textContent = t('report.position-taken');
    }, () => {
      button.textContent = t('report.position-refused');
    }, { timeout: 10000 });
  });
  return 'geolocation' in navigator && isSecureContext ? button : null;
}

/* Too many at once are no reason to lose one: it is sent again when there is room, and
 * not by all of them in the same moment. */
async function insist(form, path, options) {
  for (let tries = 1; ; tries++)
    try {
      return await ask(path, options);
    } catch (error) {
      if (!(error.later > 0) || tries === MOST_TRIES)
        throw error;
      const seconds = Math.min(error.later, MOST_WAIT_S);

      form.querySelector('#later')?.remove();
      form.append(el('p', { className: 'status', id: 'later', role: 'status' },
        t('report.later', { n: seconds })));
      await new Promise((done) => {
        setTimeout(done, seconds * 1000 + Math.random() * Math.min(seconds, MOST_SPREAD_S) * 1000);
      });
      form.querySelector('#later').remove();
    }
}

async function send(event, form) {
  const fields = new FormData(form);
  const body = { what: fields.get('what'), language: language() };

  event.preventDefault();
  if (fields.get('text').trim() !== '')
    body.text = fields.get('text').trim();
  if (fields.get('phone').trim() !== '')
    body.phone = fields.get('phone').trim();
  Object.assign(body, position ?? {});
  form.querySelectorAll('button').forEach((button) => { button.disabled = true; });
  form.querySelector('[role=alert]')?.remove();
  try {
    const answer = await insist(form, `/api/v1/scans/${encodeURIComponent(code)}/reports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    });

    location.replace(`${answer.progress}${location.search}`);
  } catch (error) {
    form.append(wrong(error));
    form.querySelectorAll('button').forEach((button) => { button.disabled = false; });
  }
}

function showForm(thing) {
  const form = el('form', { id: 'report' }, choices(thing),
    el('label', { htmlFor: 'text' }, t('report.text')),
    el('textarea', { id: 'text', name: 'text', maxLength: 500 }),
    el('label', { htmlFor: 'phone' }, t('report.phone')),
    el('input', { id: 'phone', name: 'phone', type: 'tel', autocomplete: 'tel', maxLength: 40 }),
    positionButton(),
    el('button', { type: 'submit', className: 'primary' }, t('report.send')));

  document.title = t('report.title');
  form.addEventListener('submit', (event) => send(event, form));
  show(...heading(thing),
    el('p', { className: 'status' }, t('report.danger')),
    thing.open ? el('p', { id: 'known' }, t('report.known', { since: when(thing.open) })) : null,
    form);
}

async function openForm() {
  try {
    showForm(await ask(`/api/v1/scans/${encodeURIComponent(code)}`));
  } catch (error) {
    show(el('h1', {}, t('report.title')), wrong(error),
      el('button', { type: 'button', onclick: openForm }, t('action.retry')));
  }
}

await loadWords();
await (kind === 'p' ? openProgress() : openForm());
