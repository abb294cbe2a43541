/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-words.h"

#include "sm-alarm-effect.h"
#include "sm-alarm.h"
#include "sm-currency.h"
#include "sm-fault-code.h"
#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** sm_alarm_words_label: Returns: (transfer full): what the thing is called; its number when nobody knows */
char *
sm_alarm_words_label (SmOps    *ops,
                      SmNounId  noun,
                      gint64    id)
{
  g_autofree char *label = NULL;

  if (id == SM_UNKNOWN || id == 0)
    return g_strdup ("–");
  label = sm_directory_dup_label (sm_ops_get_directory (ops), noun, id, sm_i18n_language ());
  if (label == NULL || label[0] == '\0')
    return g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  return sm_text_clean (label);
}

/* Ids in links, and what they are called. */
static const struct
{
  const char *key;
  SmNounId noun;
  const char *title;
} id_keys[] = {
  { "station", SM_NOUN_STATION, N_ ("Station") }, { "station_id", SM_NOUN_STATION, N_ ("Station") },
  { "vehicle_id", SM_NOUN_VEHICLE, N_ ("Vehicle") },
  { "battery_id", SM_NOUN_BATTERY, N_ ("Battery") },
  { "area", SM_NOUN_AREA, N_ ("Area") },          { "area_id", SM_NOUN_AREA, N_ ("Area") },
  { "fleet_id", SM_NOUN_FLEET, N_ ("Fleet") },
};

/** sm_alarm_words_pair: Returns: (transfer full) (nullable): what a pair of a link says to a person */
char *
sm_alarm_words_pair (SmOps      *ops,
                     const char *key,
                     const char *value)
{
  gint64 id;

  for (gsize i = 0; i < G_N_ELEMENTS (id_keys); i++)
    if (g_str_equal (id_keys[i].key, key)
        && g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &id, NULL))
      {
        g_autofree char *label = sm_alarm_words_label (ops, id_keys[i].noun, id);

        return g_strdup_printf ("%s: %s", _(id_keys[i].title), label);
      }
  if (g_str_equal (key, "unacked") && g_str_equal (value, "yes"))
    return g_strdup (_("Not acknowledged yet"));
  if (g_str_equal (key, "level"))
    return g_strdup_printf ("%s: %s", _("Level"), value);
  if (g_str_equal (key, "code"))
    {
      g_autofree char *word = sm_text_clean (sm_word_of_alarm (value));

      return g_strdup_printf ("%s: %s", _("Alarm"), word);
    }
  return NULL;
}

static void
append_part (GString    *text,
             const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/** sm_alarm_words_effect: Returns: (transfer full): whom the fault keeps waiting, and what it costs; "" for nobody */
char *
sm_alarm_words_effect (SmOps       *ops,
                       const SmRow *alarm)
{
  const SmStatsNow *stats = sm_stats_get_now (sm_ops_get_stats (ops));
  SmAlarmEffect effect = sm_alarm_effect (ops, alarm);
  GString *text = g_string_new (NULL);
  char part[128];

  if (effect.waiting > 0)
    {
      /* Translators: trucks that wait at the station of a fault */
      g_snprintf (part, sizeof part, _("%d waiting"), (int) effect.waiting);
      append_part (text, part);
    }
  if (effect.inbound > 0)
    {
      /* Translators: trucks on their way to the station of a fault */
      g_snprintf (part, sizeof part, _("%d inbound"), (int) effect.inbound);
      append_part (text, part);
    }
  if (effect.lost_minor_per_hour > 0 && stats != NULL && stats->currency[0] != '\0')
    {
      g_autofree char *money
          = sm_text_measure (sm_currency_amount (effect.lost_minor_per_hour, stats->currency), 0,
                             stats->currency);

      /* Translators: %s is an amount of money that a station does not take in an hour */
      g_snprintf (part, sizeof part, _("%s lost an hour"), money);
      append_part (text, part);
    }
  return g_string_free (text, FALSE);
}

/** sm_alarm_words_step: Returns: (transfer full): what somebody should do first; "" once it is over */
char *
sm_alarm_words_step (const SmRow *alarm)
{
  const char *step = sm_fault_code_next_step (sm_row_get_text (alarm, SM_ALARM_CODE));

  if (step == NULL || !sm_fault_is_active (alarm))
    return g_strdup ("");
  return sm_text_clean (sm_word_of_next_step (step));
}

/** sm_alarm_words_age: Returns: (transfer full): how long ago that was, by the network's clock */
char *
sm_alarm_words_age (SmOps  *ops,
                    gint64  since_us)
{
  if (since_us == SM_UNKNOWN)
    return g_strdup ("–");
  return sm_time_age (MAX (sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops))) - since_us,
                           0));
}

/** sm_alarm_words_moment: Returns: (transfer full) (nullable): in the network's time zone; NULL: unknown */
char *
sm_alarm_words_moment (SmOps  *ops,
                       gint64  at_us)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc
      = at_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (at_us / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (utc == NULL)
    return NULL;
  return g_date_time_format (local != NULL ? local : utc, "%Y-%m-%d %H:%M:%S");
}

/** sm_alarm_watched_field: Returns: (nullable): the field whose value raised it, if this version knows it */
const SmField *
sm_alarm_watched_field (const SmRow *alarm)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  const char *name = sm_row_get_text (alarm, SM_ALARM_FIELD);
  int field = noun != NULL && name != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;

  return field >= 0 ? &noun->fields[field] : NULL;
}

/** sm_alarm_words_value: Returns: (transfer full) (nullable): the value or limit with its unit */
char *
sm_alarm_words_value (const SmRow *alarm,
                      guint        field)
{
  const SmField *watched = sm_alarm_watched_field (alarm);

  if (sm_row_is_null (alarm, field))
    return NULL;
  return sm_text_measure (sm_row_get_real (alarm, field), 1,
                          watched != NULL ? watched->unit : NULL);
}

/** sm_alarm_words_field: Returns: what a live field is called */
const char *
sm_alarm_words_field (const char *name)
{
  static const struct
  {
    const char *name;
    const char *word;
  } words[] = {
    { "pack_temperature_c", N_ ("Pack temperature") },
    { "soc", N_ ("State of charge") },
    { "speed_kmh", N_ ("Speed") },
    { "range_m", N_ ("Range") },
    { "insulation_ohm_per_v", N_ ("Insulation") },
    { "spread_mv", N_ ("Cell spread") },
    { "power_kw", N_ ("Power") },
    { "waiting", N_ ("Trucks waiting") },
    { "temperature_c", N_ ("Gun temperature") },
    { "neutral_earth_v", N_ ("Neutral-earth voltage") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return _(words[i].word);
  return _("Value");
}

static char *
describe_until (SmOps       *ops,
                const SmRow *alarm,
                guint        until,
                guint        by,
                guint        reason)
{
  g_autofree char *moment = sm_alarm_words_moment (ops, sm_row_get_int (alarm, until));
  g_autofree char *person = sm_text_clean (sm_row_get_text (alarm, by));
  g_autofree char *why = sm_text_clean (sm_row_get_text (alarm, reason));
  GString *text = g_string_new (NULL);

  /* Translators: %s is a moment */
  g_string_append_printf (text, _("until %s"), moment != NULL ? moment : "–");
  if (person[0] != '\0')
    append_part (text, person);
  if (why[0] != '\0')
    append_part (text, why);
  return g_string_free (text, FALSE);
}

/** sm_alarm_words_shelved: Returns: (transfer full) (nullable): until when, by whom and why; NULL: it is not */
char *
sm_alarm_words_shelved (SmOps       *ops,
                        const SmRow *alarm)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
  SmAlarmLife life;

  if (!sm_alarm_read_life (alarm, now, &life) || (life.overlays & SM_ALARM_SHELVED) == 0)
    return NULL;
  return describe_until (ops, alarm, SM_ALARM_SHELVED_UNTIL, SM_ALARM_SHELVED_BY,
                         SM_ALARM_SHELVE_REASON);
}

/** sm_alarm_words_out: Returns: (transfer full) (nullable): how it is out of service, or who asks for it; NULL: it is not */
char *
sm_alarm_words_out (SmOps       *ops,
                    const SmRow *alarm)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
  g_autofree char *text = NULL;
  SmAlarmLife life;

  if (!sm_alarm_read_life (alarm, now, &life)
      || (life.overlays & (SM_ALARM_OUT_OF_SERVICE | SM_ALARM_OUT_ASKED)) == 0)
    return NULL;
  text = describe_until (ops, alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL, SM_ALARM_OUT_OF_SERVICE_BY,
                         SM_ALARM_OUT_OF_SERVICE_REASON);
  if ((life.overlays & SM_ALARM_OUT_ASKED) == 0)
    return g_steal_pointer (&text);
  /* Translators: %s is until when, who asks and why */
  return g_strdup_printf (_("asked for, a second person has to agree: %s"), text);
}
