/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-words.h"

#include "sm-alarm.h"
#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/** sm_replay_field: Returns: what a quantity is called */
const char *
sm_replay_field (const SmField *field)
{
  static const struct
  {
    const char *name;
    const char *word;
  } words[] = {
    { "latitude", N_ ("Latitude") },
    { "longitude", N_ ("Longitude") },
    { "speed_kmh", N_ ("Speed") },
    { "soc", N_ ("State of charge") },
    { "pack_temperature_c", N_ ("Pack temperature") },
    { "motion", N_ ("Motion") },
    { "energy", N_ ("Energy") },
    { "power_kw", N_ ("Power") },
    { "waiting", N_ ("Trucks waiting") },
    { "inbound", N_ ("Trucks inbound") },
    { "ready_packs", N_ ("Ready packs") },
    { "service", N_ ("Service") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].name, field->name) == 0)
      return _(words[i].word);
  return field->name;
}

/** sm_replay_value: Returns: (transfer full): with its unit; a dash when it is not known */
char *
sm_replay_value (const SmField *field,
                 double         value)
{
  if (isnan (value))
    return g_strdup ("–");
  if (field->slugs != NULL)
    return g_strdup (sm_word_of_slug (field->slugs, field->slugs[(guint) value]));
  return sm_text_measure (value, g_strcmp0 (field->unit, "°") == 0 ? 5
                                 : field->kind == SM_KIND_INT      ? 0
                                                                   : 1,
                          field->unit);
}

/** sm_replay_moment: Returns: (transfer full): in the network's time zone */
char *
sm_replay_moment (SmOps      *ops,
                  gint64      at,
                  const char *format)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / SM_SECOND);
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return utc != NULL ? g_date_time_format (local != NULL ? local : utc, format) : g_strdup ("–");
}

/** sm_replay_parse: Returns: what "2026-11-21 14:05" means in the network's time zone; %SM_UNKNOWN: nothing */
gint64
sm_replay_parse (SmOps      *ops,
                 const char *text)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment = NULL;
  int year, month, day, hour, minute, second = 0, used = 0;
  int n = sscanf (text, " %4d-%2d-%2d %2d:%2d%n:%2d%n", &year, &month, &day, &hour, &minute,
                  &used, &second, &used);

  if (n < 5 || text[used + (int) strspn (text + used, " ")] != '\0')
    return SM_UNKNOWN;
  moment = g_date_time_new (zone != NULL ? zone : utc, year, month, day, hour, minute, second);
  return moment != NULL ? g_date_time_to_unix (moment) * SM_SECOND : SM_UNKNOWN;
}

/** sm_replay_name: Returns: (transfer full): what the thing is called */
char *
sm_replay_name (const SmRow *record)
{
  g_autofree char *name = NULL;

  switch (sm_row_get_noun (record)->id)
    {
    case SM_NOUN_VEHICLE:
      return sm_text_clean (sm_row_get_text (record, SM_VEHICLE_PLATE));
    case SM_NOUN_STATION:
      name = sm_row_dup_name (record, SM_STATION_NAME, sm_i18n_language ());
      break;
    case SM_NOUN_DESK:
      name = sm_row_dup_name (record, SM_DESK_NAME, sm_i18n_language ());
      break;
    default:
      name = sm_row_dup_name (record, SM_AREA_NAME, sm_i18n_language ());
    }
  return sm_text_clean (name);
}

/* --- what happened --- */

static SmRow *
alarm_of (const SmPastEvent *event)
{
  SmRow *row = event->thing != NULL ? sm_past_thing_at (event->thing, event->at) : NULL;

  return row != NULL && sm_row_get_noun (row)->id == SM_NOUN_ALARM ? row : NULL;
}

static char *
what_of_command (const SmRow *command)
{
  const char *kind = sm_word_of_slug (sm_command_kinds,
                                      sm_row_get_text (command, SM_COMMAND_KIND));
  const char *state = sm_word_of_slug (sm_command_states,
                                       sm_row_get_text (command, SM_COMMAND_STATE));

  /* Translators: %1$s is a command, as in "stop", %2$s how far it came, as in "accepted" */
  return g_strdup_printf (_("Command “%1$s”: %2$s"), kind, state);
}

static char *
what_of_act (const SmPastAct *act)
{
  static const struct
  {
    const char *act;
    const char *word;
  } words[] = {
    { "alarm.note", N_ ("note on the alarm") },
    { "alarm.step", N_ ("step ticked") },
    { "alarm.acknowledge", N_ ("acknowledge") },
    { "alarm.shelve", N_ ("shelve") },
    { "alarm.take_out", N_ ("take out of service") },
    { "alarm.approve_out", N_ ("approve out of service") },
    { "alarm.release", N_ ("release from the latch") },
    { "station.rename", N_ ("record of the station changed") },
    { "station.contact", N_ ("contact of the station changed") },
    { "station.retire", N_ ("station retired") },
  };
  const char *word = act->act;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].act, act->act) == 0)
      word = _(words[i].word);
  if (strcmp (act->outcome, "refused") == 0)
    /* Translators: %s is what somebody wanted to do, as in "acknowledge" */
    return g_strdup_printf (_("refused: %s"), word);
  if (strcmp (act->outcome, "unchanged") == 0)
    /* Translators: %s is what somebody did, as in "acknowledge" */
    return g_strdup_printf (_("once more: %s"), word);
  return sm_text_clean (word);
}

/** sm_replay_what: Returns: (transfer full): what happened */
char *
sm_replay_what (const SmPastEvent *event)
{
  const SmRow *alarm = alarm_of (event);

  if (event->step != NULL)
    return sm_text_clean (
        sm_word_of_alarm_event (event->step->event, alarm != NULL && sm_alarm_is_safety (alarm)));
  return event->command != NULL ? what_of_command (event->command) : what_of_act (event->act);
}

/** sm_replay_who: Returns: (transfer full): "" for a device or the service itself */
char *
sm_replay_who (const SmPastEvent *event)
{
  if (event->step != NULL)
    return sm_text_clean (event->step->person);
  if (event->act != NULL)
    return sm_text_clean (event->act->actor);
  return sm_text_clean (sm_row_get_enum (event->command, SM_COMMAND_STATE)
                                == SM_COMMAND_STATE_REQUESTED
                            ? sm_row_get_text (event->command, SM_COMMAND_REQUESTED_BY)
                            : NULL);
}

/** sm_replay_about: Returns: (transfer full): the alarm or the thing that it happened to */
char *
sm_replay_about (const SmPastEvent *event)
{
  const SmRow *alarm = alarm_of (event);
  g_autofree char *title = NULL;
  g_autofree char *source = NULL;

  if (alarm == NULL)
    return sm_text_clean (event->act != NULL ? event->act->object
                                             : sm_row_get_text (event->command,
                                                                SM_COMMAND_TARGET_NOUN));
  title = sm_text_clean (sm_word_of_alarm (sm_row_get_text (alarm, SM_ALARM_CODE)));
  source = sm_fault_source (alarm);
  return g_strdup_printf ("%s · %s", title, source);
}

/** sm_replay_reason: Returns: (transfer full): what was said of it */
char *
sm_replay_reason (const SmPastEvent *event)
{
  if (event->step != NULL)
    return sm_text_clean (event->step->reason);
  return sm_text_clean (event->act != NULL ? event->act->reason
                        : sm_row_is_null (event->command, SM_COMMAND_ANSWER)
                            ? sm_row_get_text (event->command, SM_COMMAND_REASON)
                            : sm_row_get_text (event->command, SM_COMMAND_ANSWER));
}

/* --- what it does not tell --- */

static guint
count_late (const SmPast *past)
{
  guint n = 0;

  for (guint i = 0; past->series != NULL && past->series->late != NULL && i < past->series->n; i++)
    n += past->series->late[i] ? 1 : 0;
  return n;
}

static guint
count_put_together (const SmPast *past)
{
  guint n = 0;

  for (guint i = 0; i < past->alarms->len; i++)
    n += ((SmPastThing *) past->alarms->pdata[i])->is_exact ? 0 : 1;
  return n;
}

/** sm_replay_caveats: Returns: (transfer full): what is not as it was seen, and why; "" when all is */
char *
sm_replay_caveats (const SmPast *past)
{
  guint n_late = count_late (past), n_put_together = count_put_together (past);
  GString *text = g_string_new (NULL);

  if (past->series != NULL && !past->is_sampled)
    g_string_append (text, _("Values are means of a quarter of an hour: single ones are kept for "
                             "48 hours."));
  if (n_late > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (
          text, ngettext ("%u value came late and was on no screen then.",
                          "%u values came late and were on no screen then.", n_late), n_late);
    }
  if (n_put_together > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (
          text, ngettext ("Of %u alarm only states and times are known.",
                          "Of %u alarms only states and times are known.", n_put_together),
          n_put_together);
    }
  if (past->is_cut)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            _("There was more than is shown: choose a shorter time."));
  if (past->acts == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            _("The audit is not yours to see: only what was done to alarms and by "
                              "commands is shown."));
  return g_string_free (text, FALSE);
}
