/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Each file of this folder is one parser and its entry point, which takes any
 * bytes.  `make fuzz` links it to libFuzzer, replay.c to the suite. */

#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* What comes as a text ends at its first NUL. */
static inline char *
fuzz_dup_text (const guint8 *data,
               size_t        size)
{
  return g_strndup ((const char *) data, size);
}

/* The first byte chooses among @n; 0 when there is none. */
static inline guint
fuzz_take_choice (const guint8 **data,
                  size_t        *size,
                  guint          n)
{
  if (*size == 0)
    return 0;
  (*size)--;
  return *(*data)++ % n;
}

/* Gives @data out in pieces of uneven lengths, so that every place comes to be an edge. */
typedef struct
{
  const guint8 *data;
  gsize left;
  guint turn;
} FuzzPieces;

static inline gssize
fuzz_fill (gpointer   pieces_,
           char      *buffer,
           gsize      size,
           GError   **error)
{
  FuzzPieces *pieces = pieces_;
  gsize wanted = 1 + pieces->turn++ % 7;
  gsize n = MIN (MIN (size, pieces->left), wanted);

  if (n > 0)
    memcpy (buffer, pieces->data, n);
  pieces->data += n;
  pieces->left -= n;
  return (gssize) n;
}
