/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the engineer's page itself, so that it opens without a network. What is in
 * it (orders, acts) is kept by the page: nothing of the contract goes through here. */

const CACHE = 'engineer-2';
const FILES = ['/m/', '/web/style.css', '/web/words.js', '/web/words.en.json',
  '/web/words.zh-CN.json', '/web/kept.js', '/web/photo.js', '/web/engineer.js',
  '/web/engineer.webmanifest', '/web/icon.svg'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES))
    .then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

/* The network's is newer; what is kept stands in when there is none, or none in time. */
async function answer(request, path) {
  const cache = await caches.open(CACHE);

  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(4000) });

    if (response.ok)
      await cache.put(path, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(path);

    if (kept === undefined)
      throw error;
    return kept;
  }
}

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);

  if (event.request.method === 'GET' && origin === location.origin && FILES.includes(pathname))
    event.respondWith(answer(event.request, pathname));
});
