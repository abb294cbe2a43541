/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-document-private.h"

#include <qrencode.h>

/* The code on a label: ISO/IEC 18004, by libqrencode. */

/* A quarter of it may be scratched away, as labels on machines are. */
#define LEVEL QR_ECLEVEL_Q

static void
draw_modules (cairo_t      *cr,
              const QRcode *code,
              double        x,
              double        y,
              double        size)
{
  double module = size / code->width;

  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if ((code->data[row * code->width + column] & 1) != 0)
        cairo_rectangle (cr, x + column * module, y + row * module, module, module);
  cairo_fill (cr);
}

/**
 * sm_label_draw:
 * @link: what it says
 * @x: the quiet zone of four modules is the caller's to keep free
 *
 * Returns: FALSE when @link is too long for any code
 */
gboolean
sm_label_draw (cairo_t    *cr,
               const char *link,
               double      x,
               double      y,
               double      size)
{
  QRcode *code = QRcode_encodeString8bit (link, 0, LEVEL);

  if (code == NULL)
    return FALSE;
  draw_modules (cr, code, x, y, size);
  QRcode_free (code);
  return TRUE;
}
