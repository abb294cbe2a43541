/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-log-ring.h"

#define LONGEST_LINE 400

static GMutex mutex;
static GQueue lines = G_QUEUE_INIT; /* of char *, oldest first */

static const char *
find_field (const GLogField *fields,
            gsize            n_fields,
            const char      *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return "";
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  static const char *const names[] = { "error", "critical", "warning", "message", "info", "debug" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  int bit = g_bit_nth_lsf (level & G_LOG_LEVEL_MASK, 1);

  /* What others say in passing would push out what we have to say. */
  if (level & G_LOG_LEVEL_DEBUG)
    return g_log_writer_default (level, fields, n_fields, user_data);
  g_mutex_lock (&mutex);
  g_queue_push_tail (&lines,
                     g_strdup_printf ("%s %s %s: %.*s", at,
                                      bit >= 2 && bit - 2 < (int) G_N_ELEMENTS (names)
                                          ? names[bit - 2]
                                          : "log",
                                      find_field (fields, n_fields, "GLIB_DOMAIN"), LONGEST_LINE,
                                      find_field (fields, n_fields, "MESSAGE")));
  if (g_queue_get_length (&lines) > SM_LOG_RING_LINES)
    g_free (g_queue_pop_head (&lines));
  g_mutex_unlock (&mutex);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

/** sm_log_ring_start: Once, before anything is logged: keeps the last lines from now on. */
void
sm_log_ring_start (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

/** sm_log_ring_dup: Returns: (transfer full): the last lines, oldest first; any thread */
char *
sm_log_ring_dup (void)
{
  GString *text = g_string_new (NULL);

  g_mutex_lock (&mutex);
  for (GList *l = lines.head; l != NULL; l = l->next)
    g_string_append_printf (text, "%s\n", (char *) l->data);
  g_mutex_unlock (&mutex);
  return g_string_free (text, FALSE);
}
