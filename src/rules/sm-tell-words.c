/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-fault-guide.h"
#include "sm-guide-table.h"
#include "sm-rules-private.h"
#include "sm-report-words.h"
#include "sm-service-rows.h"
#include "sm-translation.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a message says: whoever reads nothing else knows from it where to go, what is the
 * matter, what is dangerous there and what to bring. */

#define MAX_SHORT 320 /* characters of what is read on a phone, or read out */
#define MAX_LONG 2000
#define MAX_REASON 60
/* As service/ serves it. */
#define ENGINEER_PAGE "/m/"

struct _SmTellWords
{
  SmTranslation *translations[SM_TELL_N_LANGUAGES];
};

static const char *const texts[SM_TELL_N_TEXTS] = {
  /* Translators: a message to an engineer.  Words in {} stay as they are: what is written
   * there is filled in; what is not known is left out. */
  NC_ ("message", "{again} {level}: {what}, {where}. {danger}. Bring: {tool}. Since {time}, number {number}."),
  NC_ ("message", "{news} {what}, {where}. {danger}. Bring: {tool}. Until {time}, number {number}. {link}"),
  NC_ ("message", "{count} more messages were not sent one by one; the worst is {level}, the first was about {source}. Look at the control centre."),
  NC_ ("message", "This is a test of {network}. Nothing has happened."),
};

/* What somebody should have with them, by what the code begins with; the first that fits. */
static const struct { const char *code, *tool; } tools[] = {
  { "battery-thermal", NC_ ("tool", "thermal camera, breathing protection, fire blanket; keep 15 m away") },
  { "battery-smoke", NC_ ("tool", "thermal camera, breathing protection, fire blanket; keep 15 m away") },
  { "battery-gas", NC_ ("tool", "gas detector, breathing protection; no open flame") },
  { "battery-over-temperature", NC_ ("tool", "thermal camera, fire blanket") },
  { "pack-over-temperature", NC_ ("tool", "thermal camera, fire blanket") },
  { "station-smoke", NC_ ("tool", "thermal camera, breathing protection, extinguisher") },
  { "station-fire", NC_ ("tool", "thermal camera, breathing protection, extinguisher") },
  { "station-gas", NC_ ("tool", "gas detector, breathing protection; no open flame") },
  { "battery-insulation", NC_ ("tool", "insulating gloves, insulation tester") },
  { "vehicle-insulation", NC_ ("tool", "insulating gloves, insulation tester") },
  { "vehicle-hv", NC_ ("tool", "insulating gloves, insulation tester") },
  { "pile-insulation", NC_ ("tool", "insulating gloves, insulation tester") },
  { "pile-leakage", NC_ ("tool", "insulating gloves, insulation tester") },
  { "insulation-low", NC_ ("tool", "insulating gloves, insulation tester") },
  { "neutral-earth", NC_ ("tool", "insulating gloves, insulation tester") },
  { "battery-lock", NC_ ("tool", "lock tools, wheel chocks") },
  { "battery-", NC_ ("tool", "insulating gloves, diagnostic laptop") },
  { "vehicle-silent", NC_ ("tool", "laptop, spare SIM card, spare T-box") },
  { "tbox-", NC_ ("tool", "laptop, spare SIM card, spare T-box") },
  { "vehicle-", NC_ ("tool", "diagnostic laptop, wheel chocks, warning triangle") },
  { "swap-", NC_ ("tool", "lock tools, lifting gear, wheel chocks") },
  { "cooling-", NC_ ("tool", "coolant, pump kit, multimeter") },
  { "charger-", NC_ ("tool", "insulating gloves, multimeter, spare charger module") },
  { "connector-", NC_ ("tool", "insulating gloves, multimeter, spare plug and cable") },
  { "pile-silent", NC_ ("tool", "laptop, spare SIM card, spare gateway") },
  { "pile-", NC_ ("tool", "insulating gloves, multimeter, spare contactor") },
  { "transformer-", NC_ ("tool", "insulating gloves, thermal camera, voltage tester") },
  { "grid-", NC_ ("tool", "insulating gloves, voltage tester") },
  { "station-water", NC_ ("tool", "pump, rubber boots, voltage tester") },
  { "station-silent", NC_ ("tool", "laptop, spare SIM card, spare gateway") },
  { "gateway-", NC_ ("tool", "laptop, spare SIM card, spare gateway") },
  { "", NC_ ("tool", "tool kit, laptop") },
};

void
sm_tell_words_free (SmTellWords *self)
{
  for (guint i = 0; i < SM_TELL_N_LANGUAGES; i++)
    sm_translation_free (self->translations[i]);
  g_free (self);
}

static const char *
say (SmRules        *rules,
     SmTellLanguage  language,
     const char     *context,
     const char     *english)
{
  if (rules->tell_words == NULL)
    {
      rules->tell_words = g_new0 (SmTellWords, 1);
      for (guint i = 0; i < SM_TELL_N_LANGUAGES; i++)
        rules->tell_words->translations[i] = sm_translation_new (sm_tell_languages[i]);
    }
  return sm_translation_get (rules->tell_words->translations[language], context, english);
}

static const char *
say_level (SmRules        *rules,
           SmTellLanguage  language,
           gint64          level)
{
  static const char *const words[] = { "critical", "major", "minor", "notice" };

  return say (rules, language, "alarm level", words[CLAMP (level, 1, 4) - 1]);
}

static const char *
say_tool (SmRules        *rules,
          SmTellLanguage  language,
          const char     *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    if (g_str_has_prefix (code, tools[i].code))
      return say (rules, language, "tool", tools[i].tool);
  return NULL;
}

/* What a person wrote about it goes before our own words. */
static gboolean
find_danger (SmRules         *rules,
             SmTellLanguage   language,
             const char      *code,
             char           **out_danger,
             GError         **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (SmFaultGuide) guide
      = sm_guide_table_find (sm_rules_get_connection (rules), code, &failed);
  const char *context, *english;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *out_danger = guide != NULL ? g_strdup (guide->consequence_text) : NULL;
  if (guide == NULL || *out_danger != NULL || guide->consequence == NULL)
    return TRUE;
  english = sm_guide_english (guide->consequence, &context);
  *out_danger = english != NULL ? g_strdup (say (rules, language, context, english)) : NULL;
  return TRUE;
}

static char *
describe_position (SmRules *rules,
                   gint64   vehicle_id)
{
  char *position = NULL;
  int slot;

  sm_live_lock (rules->live);
  slot = sm_live_find_id (rules->live, vehicle_id);
  if (slot >= 0)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, (guint) slot);

      if (vehicle->latitude == vehicle->latitude)
        position = g_strdup_printf ("%.5f, %.5f", vehicle->latitude, vehicle->longitude);
    }
  sm_live_unlock (rules->live);
  return position;
}

/* The station by its name and address; what moves by where it was last. */
static gboolean
find_where (SmRules         *rules,
            SmTellLanguage   language,
            const SmRow     *alarm,
            char           **out_where,
            GError         **error)
{
  const char *label = sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL);
  g_autoptr (SmRow) station = NULL;
  GString *where = g_string_new (label);

  if (!sm_row_is_null (alarm, SM_ALARM_STATION_ID)
      && !sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_STATION),
                           sm_row_get_int (alarm, SM_ALARM_STATION_ID), &station, error))
    {
      g_string_free (where, TRUE);
      return FALSE;
    }
  if (station != NULL)
    {
      g_autofree char *name = sm_row_dup_name (station, SM_STATION_NAME, sm_tell_languages[language]);
      const char *address = sm_row_get_text (station, SM_STATION_ADDRESS);

      if (name != NULL)
        g_string_append_printf (where, "%s%s", where->len > 0 ? ", " : "", name);
      if (address != NULL)
        g_string_append_printf (where, ", %s", address);
    }
  else if (!sm_row_is_null (alarm, SM_ALARM_VEHICLE_ID))
    {
      g_autofree char *position
          = describe_position (rules, sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID));

      if (position != NULL)
        g_string_append_printf (where, "%s%s", where->len > 0 ? ", " : "", position);
    }
  *out_where = g_string_free (where, FALSE);
  return TRUE;
}

static char *
say_time (SmRules *rules,
          gint64   at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (rules->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / SM_SECOND);
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%m-%d %H:%M") : NULL;
}

static char *
fill (SmRules               *rules,
      SmTellText             text,
      const SmTellReceiver  *to,
      const SmTellValue     *values,
      gsize                  n_values,
      char                 **out_subject)
{
  const char *own = rules->telling->texts[text][to->channel][to->language];
  g_autofree char *filled = sm_tell_template_fill (
      own != NULL ? own : say (rules, to->language, "message", texts[text]), values, n_values,
      SM_TELL_PLAIN);

  *out_subject = sm_tell_cut (filled, 60);
  return sm_tell_cut (filled, to->channel == SM_TELL_EMAIL ? MAX_LONG : MAX_SHORT);
}

/** sm_tell_say_alarm: Returns: (transfer full) (nullable): what @to is told of it */
char *
sm_tell_say_alarm (SmRules               *rules,
                   const SmRow           *alarm,
                   const SmTellReceiver  *to,
                   gboolean               again,
                   char                 **out_subject,
                   GError               **error)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
  const SmFaultCode *known = sm_fault_code_find (code);
  g_autofree char *where = NULL;
  g_autofree char *danger = NULL;
  g_autofree char *time = say_time (rules, sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (alarm));

  if (!find_where (rules, to->language, alarm, &where, error)
      || !find_danger (rules, to->language, code, &danger, error))
    return NULL;
  {
    const SmTellValue values[] = {
      { "again", again ? say (rules, to->language, "message", NC_ ("message", "Nobody has confirmed this yet.")) : NULL },
      { "level", say_level (rules, to->language, sm_row_get_int (alarm, SM_ALARM_LEVEL)) },
      { "what", known != NULL ? say (rules, to->language, "alarm", known->word) : code },
      { "where", where },
      { "danger", danger },
      { "tool", say_tool (rules, to->language, code) },
      { "time", time },
      { "number", number },
      { "code", code },
      { "source", sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL) },
      { "note", sm_row_get_text (alarm, SM_ALARM_NOTE) },
      { "network", rules->network_name },
    };

    return fill (rules, SM_TELL_TEXT_ALARM, to, values, G_N_ELEMENTS (values), out_subject);
  }
}

/* Translators: a message begins with it; what it is about follows.  Words in {} stay. */
static const char *const news_words[] = {
  [SM_TELL_NEWS_ASSIGN] = NC_ ("message", "A work order for you:"),
  [SM_TELL_NEWS_CANCEL] = NC_ ("message", "Called off, nobody needs to come ({reason}):"),
  [SM_TELL_NEWS_TAKEN] = NC_ ("message", "Not yours any more, another has it:"),
  [SM_TELL_NEWS_URGE] = NC_ ("message", "Please hurry:"),
  [SM_TELL_NEWS_REFUSE] = NC_ ("message", "{person} cannot take it ({reason}):"),
  [SM_TELL_NEWS_ESCALATE] = NC_ ("message", "Nobody has taken it, please find somebody:"),
  [SM_TELL_NEWS_REPORTED] = NC_ ("message", "Somebody on site reports:"),
  [SM_TELL_NEWS_WORSE] = NC_ ("message", "Worse than was reported before ({reason}):"),
  [SM_TELL_NEWS_RECUR] = NC_ ("message", "What was repaired is back:"),
  [SM_TELL_NEWS_REJECT] = NC_ ("message", "Not accepted as done ({reason}):"),
  [SM_TELL_NEWS_COMPLETE] = NC_ ("message", "{person} says it is done, please check it:"),
  [SM_TELL_NEWS_RESPONSE] = NC_ ("message", "{percent} percent of the time to respond is over:"),
  [SM_TELL_NEWS_RESTORE] = NC_ ("message", "{percent} percent of the time to repair it is over:"),
};

static char *
say_news (SmRules          *rules,
          SmTellLanguage    language,
          const SmTellNews *news)
{
  g_autofree char *percent = g_strdup_printf ("%" G_GINT64_FORMAT, news->percent);
  const char *report = sm_report_english (news->reason);
  g_autofree char *reason
      = sm_tell_cut (report != NULL         ? say (rules, language, "report", report)
                     : news->reason != NULL ? news->reason
                                            : "–",
                     MAX_REASON);
  const SmTellValue values[]
      = { { "percent", percent }, { "person", news->person }, { "reason", reason } };

  return sm_tell_template_fill (say (rules, language, "message", news_words[news->kind]), values,
                                G_N_ELEMENTS (values), SM_TELL_PLAIN);
}

/* What it is by its code, or as whoever asked for it put it. */
static const char *
say_work (SmRules        *rules,
          SmTellLanguage  language,
          const SmRow    *order)
{
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);
  const SmFaultCode *known = code != NULL ? sm_fault_code_find (code) : NULL;
  const char *subject = sm_row_get_text (order, SM_WORK_ORDER_SUBJECT);

  if (known != NULL)
    return say (rules, language, "alarm", known->word);
  if (sm_report_english (code) != NULL)
    return say (rules, language, "report", sm_report_english (code));
  return subject != NULL ? subject : code;
}

/* Where whoever works on it sees it on their phone; who is to find somebody has another page. */
static char *
link_of (SmRules          *rules,
         const SmRow      *order,
         const SmTellNews *news)
{
  const char *base = rules->telling->base;

  if (base == NULL
      || (news->kind != SM_TELL_NEWS_ASSIGN && news->kind != SM_TELL_NEWS_URGE
          && news->kind != SM_TELL_NEWS_RECUR && news->kind != SM_TELL_NEWS_REJECT))
    return NULL;
  return g_strdup_printf ("%s" ENGINEER_PAGE "#%" G_GINT64_FORMAT, base, sm_row_get_id (order));
}

/**
 * sm_tell_say_order:
 * @like: the order as if it were an alarm
 *
 * Returns: (transfer full) (nullable): what @to is told of it
 */
char *
sm_tell_say_order (SmRules               *rules,
                   const SmRow           *order,
                   const SmRow           *like,
                   const SmTellNews      *news,
                   const SmTellReceiver  *to,
                   char                 **out_subject,
                   GError               **error)
{
  const char *code = sm_row_get_text (like, SM_ALARM_CODE);
  /* Smoke is as dangerous whoever says it. */
  const char *peril = g_str_equal (code, SM_REPORTED "smoke") ? "station-smoke" : code;
  g_autofree char *where = NULL;
  g_autofree char *danger = NULL;
  g_autofree char *begin = say_news (rules, to->language, news);
  g_autofree char *time = say_time (rules, news->due_at);
  g_autofree char *link = link_of (rules, order, news);

  if (!find_where (rules, to->language, like, &where, error)
      || !find_danger (rules, to->language, peril, &danger, error))
    return NULL;
  {
    const SmTellValue values[] = {
      { "news", begin },
      { "level", say_level (rules, to->language, sm_row_get_int (like, SM_ALARM_LEVEL)) },
      { "what", say_work (rules, to->language, order) },
      { "where", where },
      { "danger", danger != NULL ? danger : say (rules, to->language, "message", NC_ ("message", "What is dangerous there is not known")) },
      { "tool", say_tool (rules, to->language, peril) },
      { "time", time },
      { "number", sm_row_get_text (order, SM_WORK_ORDER_NUMBER) },
      { "code", code },
      { "source", sm_row_get_text (like, SM_ALARM_SOURCE_LABEL) },
      { "note", sm_row_get_text (order, SM_WORK_ORDER_DESCRIPTION) },
      { "link", link },
      { "network", rules->network_name },
    };

    return fill (rules, SM_TELL_TEXT_ORDER, to, values, G_N_ELEMENTS (values), out_subject);
  }
}

static char *
say_day (SmRules *rules,
         gint64   at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (rules->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / SM_SECOND);
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

/** sm_tell_say_certificate: Returns: (transfer full): what who answers for @holder is told */
char *
sm_tell_say_certificate (SmRules               *rules,
                         const SmRow           *certificate,
                         const char            *holder,
                         gboolean               has_ended,
                         const SmTellReceiver  *to,
                         char                 **out_subject)
{
  /* Translators: to a manager.  Words in {} stay: whose, what for, until when. */
  static const char *const words[] = {
    NC_ ("message", "The certificate of {person} for {what} ends on {time}. Without one that holds nobody is given work that needs it."),
    NC_ ("message", "The certificate of {person} for {what} ended on {time}. {person} is not given work that needs it any more."),
  };
  const char *slug = sm_row_get_text (certificate, SM_CERTIFICATE_KIND), *context = NULL;
  const char *kind = sm_word_english (sm_certificate_kinds, slug, &context);
  g_autofree char *time = say_day (rules, sm_row_get_int (certificate, SM_CERTIFICATE_EXPIRES_AT));
  const SmTellValue values[] = {
    { "person", holder != NULL ? holder : "–" },
    { "what", kind != NULL ? say (rules, to->language, context, kind) : slug },
    { "time", time },
  };
  g_autofree char *filled = sm_tell_template_fill (
      say (rules, to->language, "message", words[has_ended]), values, G_N_ELEMENTS (values),
      SM_TELL_PLAIN);

  *out_subject = sm_tell_cut (filled, 60);
  return sm_tell_cut (filled, MAX_SHORT);
}

/**
 * sm_tell_say_report:
 * @path: of the page that says how it goes on
 *
 * Returns: (transfer full): what whoever reported it is told
 */
char *
sm_tell_say_report (SmRules               *rules,
                    const SmRow           *order,
                    const char            *path,
                    SmTellReportNews       news,
                    const SmTellReceiver  *to,
                    char                 **out_subject)
{
  /* Translators: to a passer-by who reported a fault.  Words in {} stay. */
  static const char *const words[] = {
    [SM_TELL_REPORT_RECEIVED] = NC_ ("message", "Thank you. Your report has the number {number}. How it goes on: {link}"),
    [SM_TELL_REPORT_REPAIRED] = NC_ ("message", "What you reported is repaired, number {number}. Thank you. {link}"),
  };
  const char *base = rules->telling->base;
  g_autofree char *link = base != NULL ? g_strconcat (base, path, NULL) : NULL;
  const SmTellValue values[] = {
    { "number", sm_row_get_text (order, SM_WORK_ORDER_NUMBER) },
    { "link", link != NULL ? link : "–" },
  };
  g_autofree char *filled = sm_tell_template_fill (say (rules, to->language, "message", words[news]),
                                                   values, G_N_ELEMENTS (values), SM_TELL_PLAIN);

  *out_subject = sm_tell_cut (filled, 60);
  return sm_tell_cut (filled, MAX_SHORT);
}

/** sm_tell_say_storm: Returns: (transfer full): how much was not said one by one */
char *
sm_tell_say_storm (SmRules               *rules,
                   const SmTellCount     *count,
                   const SmTellReceiver  *to,
                   char                 **out_subject)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count->held);
  const SmTellValue values[] = {
    { "count", number },
    { "level", say_level (rules, to->language, count->held_worst) },
    { "source", count->held_first },
    { "network", rules->network_name },
  };

  return fill (rules, SM_TELL_TEXT_STORM, to, values, G_N_ELEMENTS (values), out_subject);
}

/** sm_tell_say_test: Returns: (transfer full): that nothing has happened */
char *
sm_tell_say_test (SmRules               *rules,
                  const SmTellReceiver  *to,
                  char                 **out_subject)
{
  const SmTellValue values[] = { { "network", rules->network_name } };

  return fill (rules, SM_TELL_TEXT_TEST, to, values, G_N_ELEMENTS (values), out_subject);
}
