/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Characters that turn the direction of what stands around them: with one of
 * these a name could rewrite the sentence that it is shown in. */
static gboolean
is_bidi_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f
         || c == 0x061c;
}

/**
 * sm_text_clean:
 * @text: (nullable): text from the service, a file or a person
 *
 * Returns: (transfer full): the text on one line, valid UTF-8, without control
 *   characters and without those that change the direction of writing; never NULL
 */
char *
sm_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_control (c))
        continue;
      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        c = ' ';
      g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

/**
 * sm_text_count:
 * @count: how many
 *
 * Returns: (transfer full): the number with its digits in groups, as in 23,441
 */
char *
sm_text_count (gint64 count)
{
  /* Translators: what stands between groups of three digits, as in 23,441 */
  const char *separator = C_ ("digit groups", ",");
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  gsize length = strlen (digits);
  gsize sign = digits[0] == '-' ? 1 : 0;
  GString *text = g_string_new_len (digits, (gssize) sign);

  for (gsize i = sign; i < length; i++)
    {
      if (i > sign && (length - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * sm_text_measure:
 * @value: a measured value; NAN: unknown
 * @digits: after the decimal point
 * @unit: (nullable): as written on screen
 *
 * Returns: (transfer full): the value and its unit with a space that does not
 *   break between them, as in 61 °C; an en dash for unknown
 */
char *
sm_text_measure (double      value,
                 int         digits,
                 const char *unit)
{
  if (!isfinite (value))
    return g_strdup ("–");
  if (fabs (value) < 0.5 * pow (10, -digits))
    value = 0; /* never −0 */
  if (unit == NULL)
    return g_strdup_printf ("%.*f", digits, value);
  return g_strdup_printf ("%.*f\u00a0%s", digits, value, unit);
}

/**
 * sm_text_phone_uri:
 *
 * Returns: (transfer full) (nullable): what a telephone takes of a number; NULL when it calls
 *   nobody, as one that the service masked
 */
char *
sm_text_phone_uri (const char *number)
{
  g_autoptr (GString) uri = g_string_new ("tel:");

  if (number == NULL || strchr (number, '*') != NULL)
    return NULL;
  for (const char *at = number; *at != '\0'; at++)
    if (g_ascii_isdigit (*at) || (*at == '+' && uri->len == 4))
      g_string_append_c (uri, *at);
  return uri->len > 6 ? g_string_free (g_steal_pointer (&uri), FALSE) : NULL;
}
