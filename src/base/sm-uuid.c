/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-uuid.h"

#include <sys/random.h>

static void
fill_random (guint8 *bytes,
             gsize   length)
{
  /* getrandom() of at most 256 bytes cannot be interrupted or fail once the
   * kernel's pool is ready. */
  g_assert (length <= 256);
  if (getrandom (bytes, length, 0) != (gssize) length)
    g_error ("The kernel gives no random numbers");
}

/**
 * sm_uuid_new_v7:
 * @now_us: machine time in µs since the epoch
 *
 * Returns: (transfer full): a UUID of version 7 (RFC 9562, section 5.7): it
 *   sorts by the millisecond it was made in
 */
char *
sm_uuid_new_v7 (gint64 now_us)
{
  guint8 b[16];
  guint64 millis = (guint64) (now_us / 1000);

  fill_random (b, sizeof b);
  for (int i = 0; i < 6; i++)
    b[i] = (guint8) (millis >> (40 - 8 * i));
  b[6] = (guint8) (0x70 | (b[6] & 0x0f));
  b[8] = (guint8) (0x80 | (b[8] & 0x3f));
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/** sm_uuid_is_valid: Whether @text has the form of a UUID, of any version. */
gboolean
sm_uuid_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}

/**
 * sm_random_token:
 *
 * Returns: (transfer full): an opaque secret of 256 random bits, 64 hex digits
 */
char *
sm_random_token (void)
{
  guint8 bytes[32];
  GString *text = g_string_sized_new (64);

  fill_random (bytes, sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}
