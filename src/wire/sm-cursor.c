/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cursor.h"

#include "sm-error.h"
#include "sm-json-reader.h"

#include <string.h>

#define MAX_EPOCH 200

/**
 * sm_cursor_format:
 * @epoch: which life of the database it belongs to; letters, digits and "-_~:"
 * @access_rev: which revision of the person's rights
 * @seq: the last change that was seen
 *
 * Returns: (transfer full): a place in the feed; opaque to whoever follows it
 */
char *
sm_cursor_format (const char *epoch,
                  gint64      access_rev,
                  gint64      seq)
{
  return g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, epoch, access_rev, seq);
}

static gboolean
epoch_is_valid (const char *epoch)
{
  gsize length = strspn (epoch,
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~:");

  return length > 0 && length <= MAX_EPOCH && epoch[length] == '\0';
}

static gboolean
number_is_valid (const char *text,
                 gint64     *out_value)
{
  return g_ascii_isdigit (*text)
         && g_ascii_string_to_signed (text, 10, 0, SM_JSON_MAX_ID, out_value, NULL);
}

/**
 * sm_cursor_parse:
 * @text: what a follower sent back
 *
 * Returns: FALSE with %SM_ERROR_MALFORMED when it is none of ours
 */
gboolean
sm_cursor_parse (const char  *text,
                 char       **out_epoch,
                 gint64      *out_access_rev,
                 gint64      *out_seq,
                 GError     **error)
{
  g_auto (GStrv) parts = NULL;
  gint64 access_rev, seq;

  g_return_val_if_fail (text != NULL, FALSE);

  parts = g_strsplit (text, ".", 4);
  if (g_strv_length (parts) != 3 || !epoch_is_valid (parts[0])
      || !number_is_valid (parts[1], &access_rev) || !number_is_valid (parts[2], &seq))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "bad-cursor", "This is no cursor of ours");
      return FALSE;
    }
  *out_epoch = g_strdup (parts[0]);
  *out_access_rev = access_rev;
  *out_seq = seq;
  return TRUE;
}
