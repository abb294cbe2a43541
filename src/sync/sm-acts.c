/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-acts.h"

#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-uuid.h"

/**
 * sm_act_new_acknowledge:
 * @alarm: as the person saw it: the service refuses when it has got worse since
 * @note: (nullable): what the person wrote
 * @now_us: network time
 */
SmAct *
sm_act_new_acknowledge (const SmRow *alarm,
                        const char  *note,
                        gint64       now_us)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  SmAct *act = sm_act_new ();

  sm_json_writer_begin_object (writer);
  if (note != NULL && *note != '\0')
    {
      sm_json_writer_name (writer, "note");
      sm_json_writer_text (writer, note);
      act->note = g_strdup (note);
    }
  sm_json_writer_name (writer, "seen_level");
  sm_json_writer_int (writer, sm_row_get_int (alarm, SM_ALARM_LEVEL));
  sm_json_writer_name (writer, "seen_count");
  sm_json_writer_int (writer, sm_row_get_int (alarm, SM_ALARM_COUNT));
  sm_json_writer_end_object (writer);

  act->key = sm_uuid_new_v7 (now_us);
  act->verb = g_strdup (SM_VERB_ACKNOWLEDGE);
  act->noun = sm_noun_get (SM_NOUN_ALARM);
  act->object_id = sm_row_get_id (alarm);
  act->method = g_strdup ("POST");
  act->path = g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT SM_PATH_ACKNOWLEDGE,
                               act->object_id);
  act->body = sm_json_writer_end (writer);
  act->created_at = now_us;
  return act;
}
