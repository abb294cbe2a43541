/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-file.h"

#include "sm-call.h"
#include "sm-drill.h"
#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-replay-values.h"
#include "sm-replay-words.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* The incident on paper: what it is of, its values, its alarms, and what happened. */

#define TIME "%Y-%m-%d %H:%M:%S"

static char *
describe_time (SmOps        *ops,
               const SmPast *past)
{
  g_autofree char *from = sm_replay_moment (ops, past->from, TIME);
  g_autofree char *to = sm_replay_moment (ops, past->to, TIME);

  return g_strdup_printf ("%s – %s", from, to);
}

static void
add_alarms (SmDocument   *document,
            SmOps        *ops,
            const SmPast *past)
{
  const SmDocumentColumn columns[] = { { _("Level"), 2, TRUE },   { _("Alarm"), 5, FALSE },
                                       { _("At"), 4, FALSE },     { _("Raised"), 4, FALSE },
                                       { _("At its end"), 4, FALSE } };

  sm_document_heading (document, _("Alarms"));
  if (past->alarms->len == 0)
    {
      sm_document_paragraph (document, _("There were none."));
      return;
    }
  sm_document_table (document, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < past->alarms->len; i++)
    {
      const SmRow *row = sm_past_thing_at (past->alarms->pdata[i], past->to);
      g_autofree char *level = g_strdup_printf ("%d", (int) sm_row_get_int (row, SM_ALARM_LEVEL));
      g_autofree char *code
          = sm_text_clean (sm_word_of_alarm (sm_row_get_text (row, SM_ALARM_CODE)));
      g_autofree char *source = sm_fault_source (row);
      g_autofree char *raised
          = sm_replay_moment (ops, sm_row_get_int (row, SM_ALARM_RAISED_AT), TIME);
      g_autofree char *state = sm_text_clean (
          sm_word_of_slug (sm_alarm_states, sm_row_get_text (row, SM_ALARM_STATE)));
      const char *cells[] = { level, code, source, raised, state };

      sm_document_row (document, cells);
    }
}

static void
add_call (SmDocument   *document,
          SmOps        *ops,
          const SmRow  *alarm,
          const SmCall *call)
{
  g_autofree char *when = sm_replay_moment (ops, call->at, TIME);
  g_autofree char *who = sm_text_clean (call->who);
  g_autofree char *number = sm_text_clean (call->number);
  g_autofree char *outcome = sm_text_clean (sm_word_of_slug (sm_call_outcomes, call->outcome));
  g_autofree char *person = sm_text_clean (call->person);
  g_autofree char *code = sm_text_clean (sm_word_of_alarm (sm_row_get_text (alarm, SM_ALARM_CODE)));
  const char *cells[] = { when, who, number, outcome, person, code };

  sm_document_row (document, cells);
}

/* Without a call there is no such heading. */
static void
add_calls (SmDocument   *document,
           SmOps        *ops,
           const SmPast *past)
{
  const SmDocumentColumn columns[] = { { _("When"), 4, FALSE },    { _("Called"), 4, FALSE },
                                       { _("Number"), 3, FALSE },  { _("Outcome"), 3, FALSE },
                                       { _("Who"), 3, FALSE },     { _("Alarm"), 4, FALSE } };
  gboolean has_heading = FALSE;

  for (guint i = 0; i < past->alarms->len; i++)
    {
      const SmRow *row = sm_past_thing_at (past->alarms->pdata[i], past->to);
      g_autoptr (GPtrArray) calls = sm_calls_read (sm_row_get_text (row, SM_ALARM_CALLS));

      if (calls->len > 0 && !has_heading)
        {
          sm_document_heading (document, _("Calls"));
          sm_document_table (document, columns, G_N_ELEMENTS (columns));
          has_heading = TRUE;
        }
      for (guint n = 0; n < calls->len; n++)
        add_call (document, ops, row, calls->pdata[n]);
    }
}

static void
add_events (SmDocument *document,
            SmOps      *ops,
            SmReplay   *replay)
{
  const SmDocumentColumn columns[] = { { _("When"), 4, FALSE },  { _("What happened"), 5, FALSE },
                                       { _("Who"), 3, FALSE },   { _("About"), 5, FALSE },
                                       { _("Reason"), 4, FALSE } };
  GArray *events = sm_replay_get_events (replay);

  sm_document_heading (document, _("What happened"));
  if (events->len == 0)
    {
      sm_document_paragraph (document, _("Nothing happened."));
      return;
    }
  sm_document_table (document, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < events->len; i++)
    {
      const SmPastEvent *event = &g_array_index (events, SmPastEvent, i);
      g_autofree char *when = sm_replay_moment (ops, event->at, TIME);
      g_autofree char *what = sm_replay_what (event);
      g_autofree char *who = sm_replay_who (event);
      g_autofree char *about = sm_replay_about (event);
      g_autofree char *reason = sm_replay_reason (event);
      const char *cells[] = { when, what, who, about, reason };

      sm_document_row (document, cells);
    }
}

static void
add_moment (SmDocument   *document,
            SmOps        *ops,
            SmReplay     *replay)
{
  const SmPast *past = sm_replay_get_past (replay);
  gint64 at = sm_replay_get_at (replay);
  g_autofree char *moment = sm_replay_moment (ops, at, TIME);
  /* Translators: %s is a moment */
  g_autofree char *heading = g_strdup_printf (_("Values at %s"), moment);

  if (past->series == NULL)
    return;
  sm_document_heading (document, heading);
  for (guint i = 0; i < past->series->n_columns; i++)
    {
      const SmField *field
          = &sm_row_get_noun (past->record)->fields[past->series->fields[i]];
      g_autofree char *value = sm_replay_value (field, sm_past_value_at (past, i, at, NULL));

      sm_document_fact (document, sm_replay_field (field), value);
    }
}

/** sm_replay_document_new: Returns: (transfer full): the incident, with the values of its moment */
SmDocument *
sm_replay_document_new (SmOps    *ops,
                        SmReplay *replay)
{
  const SmPast *past = sm_replay_get_past (replay);
  g_autofree char *name = sm_replay_name (past->record);
  /* Translators: %s is a vehicle, a station or an area */
  g_autofree char *title = g_strdup_printf (_("Incident: %s"), name);
  g_autofree char *time = describe_time (ops, past);
  g_autofree char *made = sm_replay_moment (ops, past->made_at, TIME);
  /* Translators: %s is a moment */
  g_autofree char *known = g_strdup_printf (_("as known at %s"), made);
  g_autofree char *foot = sm_ops_get_person (ops) != NULL
                              ? g_strdup_printf ("%s · %s", sm_ops_get_person (ops), known)
                              : g_strdup (known);
  g_autofree char *caveats = sm_replay_caveats (past);
  g_autofree char *caption = NULL;
  const SmDocumentHead head = { title, time, sm_drill_is_on () ? sm_drill_mark () : NULL, foot, sm_i18n_language () };
  SmDocument *document = sm_document_new (&head);
  SmPlot *plot = sm_replay_plot (ops, past, &caption);

  if (caveats[0] != '\0')
    sm_document_paragraph (document, caveats);
  sm_document_take_plot (document, caption, plot);
  add_moment (document, ops, replay);
  add_alarms (document, ops, past);
  add_calls (document, ops, past);
  add_events (document, ops, replay);
  return document;
}

/** sm_replay_file_name: Returns: (transfer full): what it is of, and from when */
char *
sm_replay_file_name (SmOps        *ops,
                     const SmPast *past,
                     const char   *ending)
{
  g_autofree char *name = sm_replay_name (past->record);
  g_autofree char *from = sm_replay_moment (ops, past->from, "%Y%m%d-%H%M");
  /* Translators: begins the name of a file */
  g_autofree char *plain = g_strdup_printf ("%s-%s-%s%s", _("incident"), name, from, ending);

  return sm_drill_dup_file_name (g_strdelimit (plain, "/\\:*?\"<>| ", '-'));
}
