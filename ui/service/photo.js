/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo as a phone sends it: one that is a photo, and small enough for a bad network. */

/* A browser that unpacks more may not live to say so. */
const MOST_BYTES = 30 * 1024 * 1024;
/* The service takes no more. */
const MOST_SENT = 10 * 1024 * 1024;
/* What is not more than this is sent as it is. */
const SMALL_BYTES = 600 * 1024;
const MOST_SIDE = 1920;
const QUALITY = 0.85;
const TYPES = ['image/jpeg', 'image/png'];

/** A word on what was chosen, as the service would say it. */
export class NoPhoto extends Error {
  constructor(type) {
    super(type);
    this.problem = { type };
  }
}

async function open(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new NoPhoto('photo-unknown-format');
  }
}

function drawn(picture, scale) {
  const canvas = document.createElement('canvas');

  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY); });
}

/* The bytes themselves: a file of the camera may be gone when there is a network again. */
const copied = async (file) => new Blob([await file.arrayBuffer()], { type: file.type });

/** What of @file is kept and sent; throws NoPhoto. */
export async function prepared(file) {
  if (file.size > MOST_BYTES)
    throw new NoPhoto('photo-too-large');
  const picture = await open(file);
  const scale = Math.min(1, MOST_SIDE / Math.max(picture.width, picture.height));

  try {
    const known = TYPES.includes(file.type);

    if (known && scale === 1 && file.size <= SMALL_BYTES)
      return await copied(file);
    const smaller = await drawn(picture, scale);

    if (smaller !== null)
      return smaller;
    /* No memory for it: then as it is, if it can be. */
    if (known && file.size <= MOST_SENT)
      return await copied(file);
    throw new NoPhoto('photo-too-large');
  } finally {
    picture.close();
  }
}
