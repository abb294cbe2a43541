/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-call.h"

#include <string.h>

#include "sm-time.h"

const char *const sm_call_outcomes[] = { "answered", "no_answer", NULL };

enum
{
  PART_AT,
  PART_OUTCOME,
  PART_WHO,
  PART_NUMBER,
  PART_PERSON,
  N_PARTS
};

void
sm_call_free (SmCall *self)
{
  g_free (self->outcome);
  g_free (self->who);
  g_free (self->number);
  g_free (self->person);
  g_free (self);
}

/* What would end a part or a line is a blank. */
static void
append_part (GString    *text,
             const char *part)
{
  g_string_append_c (text, '\t');
  for (; part != NULL && *part != '\0'; part++)
    g_string_append_c (text, (guchar) *part < 0x20 ? ' ' : *part);
}

/* Where the line after the first begins. */
static const char *
skip_line (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL ? end + 1 : text + strlen (text);
}

/** sm_calls_append: Returns: (transfer full): @calls with one more; the oldest beyond the most go */
char *
sm_calls_append (const char   *calls,
                 const SmCall *call)
{
  g_autofree char *at = sm_time_to_rfc3339 (call->at);
  g_autoptr (GPtrArray) before = sm_calls_read (calls);
  const char *rest = calls != NULL ? calls : "";
  GString *text;

  for (guint i = before->len; i >= SM_CALLS_MAX; i--)
    rest = skip_line (rest);
  text = g_string_new (rest);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, at);
  append_part (text, call->outcome);
  append_part (text, call->who);
  append_part (text, call->number);
  append_part (text, call->person);
  return g_string_free (text, FALSE);
}

/** sm_calls_read: Returns: (transfer full): of SmCall, in their order; what is none is left out */
GPtrArray *
sm_calls_read (const char *calls)
{
  GPtrArray *read = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_call_free);
  g_auto (GStrv) lines = g_strsplit (calls != NULL ? calls : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", N_PARTS);
      gint64 at;
      SmCall *call;

      if (g_strv_length (parts) < N_PARTS || !sm_time_from_rfc3339 (parts[PART_AT], &at, NULL))
        continue;
      call = g_new0 (SmCall, 1);
      call->at = at;
      call->outcome = g_strdup (parts[PART_OUTCOME]);
      call->who = g_strdup (parts[PART_WHO]);
      call->number = g_strdup (parts[PART_NUMBER]);
      call->person = g_strdup (parts[PART_PERSON]);
      g_ptr_array_add (read, call);
    }
  return read;
}
