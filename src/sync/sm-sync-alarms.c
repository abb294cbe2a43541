/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-alarms.h"

#include "sm-alarm-transition.h"
#include "sm-error.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/* What a person does to an alarm that the service has to know of at once, and what
 * it tells of the alarm's life. */

#define MAX_STEPS 10000

static gpointer
read_alarm (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmRow) alarm = NULL;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "alarm") && alarm == NULL)
      {
        alarm = sm_row_read (reader, sm_noun_get (SM_NOUN_ALARM), error);
        if (alarm == NULL)
          return NULL;
      }
    else
      sm_json_reader_skip_value (reader);
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  if (alarm == NULL)
    sm_set_error (error, SM_ERROR_PROTOCOL, "unexpected-answer", "an act without its alarm");
  return g_steal_pointer (&alarm);
}

static char *
write_body (guint       minutes,
            const char *reason)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  if (minutes > 0)
    {
      sm_json_writer_name (writer, "minutes");
      sm_json_writer_int (writer, minutes);
    }
  if (reason != NULL)
    {
      sm_json_writer_name (writer, "reason");
      sm_json_writer_text (writer, reason);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_sync_do_alarm_async:
 * @verb: the last segment of its path, as in "shelve"
 * @minutes: 0: not to be said
 * @reason: (nullable)
 *
 * It is not kept: who hears nothing looks at the alarm, and does it again.
 */
void
sm_sync_do_alarm_async (SmSync              *self,
                        gint64               alarm_id,
                        const char          *verb,
                        guint                minutes,
                        const char          *reason,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT "/%s", alarm_id, verb),
                     write_body (minutes, reason), read_alarm, (GDestroyNotify) sm_row_unref,
                     cancellable, callback, user_data);
}

/** sm_sync_do_alarm_finish: Returns: (transfer full) (nullable): the alarm after it */
SmRow *
sm_sync_do_alarm_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- its life --- */

static SmAlarmTransition *
read_step (SmJsonReader *reader)
{
  SmAlarmTransition *step = g_new0 (SmAlarmTransition, 1);
  const struct
  {
    const char *name;
    char **value;
  } texts[] = { { "from", &step->from },     { "to", &step->to },        { "event", &step->event },
                { "person", &step->person }, { "reason", &step->reason } };
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      char **value = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        if (g_str_equal (name, texts[i].name))
          value = texts[i].value;
      if (g_str_equal (name, "at"))
        step->at = sm_json_reader_read_time (reader);
      else if (value == NULL)
        sm_json_reader_skip_value (reader);
      else if (!sm_json_reader_read_null (reader))
        {
          g_free (*value);
          *value = g_strdup (sm_json_reader_read_text (reader, NULL));
        }
    }
  return step;
}

static gpointer
read_steps (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GPtrArray) steps
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_alarm_transition_free);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (!g_str_equal (name, "items"))
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      sm_json_reader_begin_array (reader);
      while (steps->len < MAX_STEPS && sm_json_reader_next_element (reader))
        g_ptr_array_add (steps, read_step (reader));
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&steps) : NULL;
}

/** sm_sync_ask_transitions_async: Asks for the life of an alarm. */
void
sm_sync_ask_transitions_async (SmSync              *self,
                         gint64               alarm_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT "/transitions", alarm_id),
                     NULL, read_steps, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_ask_transitions_finish: Returns: (transfer full) (nullable): of SmAlarmTransition */
GPtrArray *
sm_sync_ask_transitions_finish (GAsyncResult  *result,
                          GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
