/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the phone keeps: it outlasts a reload, a closed page and an empty battery.
 * "orders" is what the service said last, "acts" what the engineer did and the
 * service has not answered yet (keys sort as they were made), "facts" the rest. */

const NAME = 'stationmaster-engineer';
let opened = null;

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function open() {
  if (opened === null) {
    const asked = indexedDB.open(NAME, 1);

    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('orders', { keyPath: 'id' });
      asked.result.createObjectStore('acts', { keyPath: 'key' });
      asked.result.createObjectStore('facts');
    };
    opened = request(asked);
  }
  return opened;
}

/* Not before it is on the disk is it done: "strict" waits for that. */
async function write(names, func) {
  const transaction = (await open()).transaction(names, 'readwrite', { durability: 'strict' });

  func(transaction);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

async function read(name, func) {
  return request(func((await open()).transaction(name).objectStore(name)));
}

/* Whether it says that there is no room left. */
export const isFull = (error) => error?.name === 'QuotaExceededError';

export const listOrders = () => read('orders', (store) => store.getAll());
export const listActs = () => read('acts', (store) => store.getAll());
export const getFact = (name) => read('facts', (store) => store.get(name));

export const setFact = (name, value) => write('facts', (transaction) =>
  value === undefined ? transaction.objectStore('facts').delete(name)
                      : transaction.objectStore('facts').put(value, name));

export const putAct = (act) => write('acts', (transaction) =>
  transaction.objectStore('acts').put(act));

export const dropAct = (key) => write('acts', (transaction) =>
  transaction.objectStore('acts').delete(key));

/* An answered act goes and what it made of the order comes, both or neither. */
export const finishAct = (key, order) => write(['acts', 'orders'], (transaction) => {
  transaction.objectStore('acts').delete(key);
  if (order !== null)
    transaction.objectStore('orders').put(order);
});

export const replaceOrders = (orders) => write('orders', (transaction) => {
  const store = transaction.objectStore('orders');

  store.clear();
  orders.forEach((order) => store.put(order));
});

/* At sign-out: everything but acts that wait, which are nobody's to throw away. */
export const forget = () => write(['orders', 'facts'], (transaction) => {
  transaction.objectStore('orders').clear();
  transaction.objectStore('facts').clear();
});
