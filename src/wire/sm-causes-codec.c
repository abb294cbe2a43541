/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-causes-codec.h"

#include <math.h>
#include <string.h>

#include "sm-time.h"

/* More than any service finds. */
#define MAX_CAUSES 64
#define MAX_EVIDENCE 64

static void
write_evidence (SmJsonWriter          *writer,
                const SmCauseEvidence *evidence)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "kind");
  sm_json_writer_text (writer, evidence->kind);
  sm_json_writer_name (writer, "value");
  sm_json_writer_real (writer, evidence->value);
  sm_json_writer_name (writer, "unit");
  if (evidence->unit != NULL)
    sm_json_writer_text (writer, evidence->unit);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "at");
  if (evidence->at != SM_UNKNOWN)
    sm_json_writer_time (writer, evidence->at);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "says");
  sm_json_writer_text (writer, evidence->is_for ? "for" : "against");
  sm_json_writer_name (writer, "weight");
  sm_json_writer_real (writer, evidence->weight);
  sm_json_writer_end_object (writer);
}

/** sm_causes_write: @causes: of SmCauseFound, likeliest first */
void
sm_causes_write (SmJsonWriter *writer,
                 gint64        alarm_id,
                 GPtrArray    *causes)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, alarm_id);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < causes->len; i++)
    {
      const SmCauseFound *found = causes->pdata[i];

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "cause");
      sm_json_writer_text (writer, found->cause);
      sm_json_writer_name (writer, "probability");
      sm_json_writer_real (writer, found->probability);
      sm_json_writer_name (writer, "evidence");
      sm_json_writer_begin_array (writer);
      for (guint e = 0; e < found->evidence->len; e++)
        write_evidence (writer, found->evidence->pdata[e]);
      sm_json_writer_end_array (writer);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
}

static char *
dup_text (SmJsonReader *reader)
{
  return sm_json_reader_read_null (reader) ? NULL
                                           : g_strdup (sm_json_reader_read_text (reader, NULL));
}

static gint64
read_time_or_null (SmJsonReader *reader)
{
  return sm_json_reader_read_null (reader) ? SM_UNKNOWN : sm_json_reader_read_time (reader);
}

static void
read_evidence (SmJsonReader *reader,
               SmCauseFound *found)
{
  g_autofree char *kind = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *says = NULL;
  double value = NAN, weight = 0;
  gint64 at = SM_UNKNOWN;
  const char *name;
  SmCauseEvidence *evidence;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      char **text = g_str_equal (name, "kind") ? &kind
                    : g_str_equal (name, "unit") ? &unit
                    : g_str_equal (name, "says") ? &says
                                                 : NULL;

      if (text != NULL)
        {
          g_free (*text);
          *text = dup_text (reader);
        }
      else if (g_str_equal (name, "value"))
        value = sm_json_reader_read_real (reader);
      else if (g_str_equal (name, "weight"))
        weight = sm_json_reader_read_real (reader);
      else if (g_str_equal (name, "at"))
        at = read_time_or_null (reader);
      else
        sm_json_reader_skip_value (reader);
    }
  if (kind == NULL || found->evidence->len >= MAX_EVIDENCE)
    return;
  evidence = sm_cause_found_add (found, kind, value, unit);
  evidence->at = at;
  evidence->is_for = g_strcmp0 (says, "against") != 0;
  evidence->weight = weight;
}

static void
read_cause (SmJsonReader *reader,
            GPtrArray    *causes)
{
  g_autoptr (SmCauseFound) found = sm_cause_found_new (NULL, NAN);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "cause"))
      {
        g_free (found->cause);
        found->cause = dup_text (reader);
      }
    else if (g_str_equal (name, "probability"))
      found->probability = sm_json_reader_read_real (reader);
    else if (g_str_equal (name, "evidence"))
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader))
          read_evidence (reader, found);
      }
    else
      sm_json_reader_skip_value (reader);
  /* A chance that is none is no answer. */
  if (found->cause != NULL && found->probability >= 0 && found->probability <= 1
      && causes->len < MAX_CAUSES)
    g_ptr_array_add (causes, g_steal_pointer (&found));
}

/** sm_causes_read: Returns: (transfer full) (nullable): of SmCauseFound, as they were sent */
GPtrArray *
sm_causes_read (SmJsonReader  *reader,
                GError       **error)
{
  g_autoptr (GPtrArray) causes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_cause_found_free);
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
      while (sm_json_reader_next_element (reader))
        read_cause (reader, causes);
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&causes) : NULL;
}
