/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-access-private.h"
#include "sm-alarm.h"
#include "sm-desks-private.h"
#include "sm-geo.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/* Who is told, and who is next when nobody confirms. */

#define MAX_AGENTS 2

void
sm_tell_receiver_free (SmTellReceiver *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

const SmTellRule *
sm_tell_find_rule (const SmTellSettings *settings,
                   const char           *name)
{
  for (guint i = 0; i < settings->rules->len; i++)
    {
      const SmTellRule *rule = settings->rules->pdata[i];

      if (strcmp (rule->name, name) == 0)
        return rule;
    }
  return NULL;
}

static gboolean
lies_in (SmDeskBook   *book,
         const GArray *areas,
         gint64        area_id)
{
  for (guint depth = 0; area_id != SM_UNKNOWN && depth < 16; depth++)
    {
      const gint64 *parent = g_hash_table_lookup (book->parents, &area_id);

      for (guint i = 0; i < areas->len; i++)
        if (g_array_index (areas, gint64, i) == area_id)
          return TRUE;
      area_id = parent != NULL ? *parent : SM_UNKNOWN;
    }
  return FALSE;
}

/** sm_tell_rule_has: Whether @rule is about such an alarm; FALSE, with @error, when it failed. */
gboolean
sm_tell_rule_has (SmRules           *rules,
                  const SmTellRule  *rule,
                  const SmRow       *alarm,
                  GError           **error)
{
  gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
  SmDeskBook *book;

  if (level < 1 || level > 4 || (rule->levels & (1u << level)) == 0
      || (rule->safety_only && !sm_alarm_is_safety (alarm))
      || (rule->codes != NULL && !g_strv_contains ((const char *const *) rule->codes, code)))
    return FALSE;
  if (rule->areas == NULL)
    return TRUE;
  book = sm_desk_book_get (rules, error);
  return book != NULL && !sm_row_is_null (alarm, SM_ROW_AREA_ID)
         && lies_in (book, rule->areas, sm_row_get_int (alarm, SM_ROW_AREA_ID));
}

/* Nobody is told the same by the same channel because two rules say so. */
static gboolean
has_receiver (GPtrArray     *receivers,
              const char    *name,
              SmTellChannel  channel)
{
  for (guint i = 0; i < receivers->len; i++)
    {
      const SmTellReceiver *receiver = receivers->pdata[i];

      if (receiver->channel == channel && strcmp (receiver->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_receiver (GPtrArray      *receivers,
              const char     *name,
              SmTellLanguage  language,
              SmTellChannel   channel,
              const char     *address)
{
  SmTellReceiver *receiver;

  if (has_receiver (receivers, name, channel))
    return;
  receiver = g_new0 (SmTellReceiver, 1);
  receiver->name = g_strdup (name);
  receiver->language = language;
  receiver->channel = channel;
  receiver->address = g_strdup (address);
  g_ptr_array_add (receivers, receiver);
}

/** sm_tell_add_person: @person: (nullable): by each of @channels by which they can be reached */
void
sm_tell_add_person (SmRules    *rules,
                    GPtrArray  *receivers,
                    const char *person,
                    guint       channels)
{
  const SmTellPerson *known = sm_tell_settings_find (rules->telling, person);

  for (guint i = 0; known != NULL && i < SM_TELL_WEBHOOK; i++)
    if ((channels & (1u << i)) != 0 && known->addresses[i] != NULL)
      add_receiver (receivers, known->name, known->language, (SmTellChannel) i,
                    known->addresses[i]);
}

typedef struct
{
  SmRules *rules;
  const SmTellRule *rule;
  const SmRow *alarm;
  SmDeskBook *book;
  GPtrArray *receivers;
} Finding;

static const SmRow *
get_desk (const Finding *finding)
{
  return sm_row_is_null (finding->alarm, SM_ALARM_DESK_ID)
             ? NULL
             : sm_desks_get (finding->book->desks, sm_row_get_int (finding->alarm, SM_ALARM_DESK_ID));
}

static const char *
answers (const SmRow *desk)
{
  return desk != NULL ? sm_row_get_text (desk, SM_DESK_ANSWERS) : NULL;
}

/* @field: the person, or who is next in line; calls @func for whoever is on duty now */
static void
each_on_roster (const Finding *finding,
                guint          field,
                void         (*func) (const Finding *, const char *, gpointer),
                gpointer       user_data)
{
  gint64 now = sm_rules_now (finding->rules);

  for (guint i = 0; i < finding->book->roster->len; i++)
    {
      const SmRow *entry = finding->book->roster->pdata[i];

      if (sm_row_get_int (entry, SM_ROSTER_ENTRY_DESK_ID)
              == sm_row_get_int (finding->alarm, SM_ALARM_DESK_ID)
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT) <= now
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) > now
          && !sm_row_is_null (entry, field))
        func (finding, sm_row_get_text (entry, field), user_data);
    }
}

static void
add_one (const Finding *finding,
         const char    *person,
         gpointer       user_data)
{
  sm_tell_add_person (finding->rules, finding->receivers, person, finding->rule->channels);
}

static gboolean
sees (const SmUserRecord *user,
      const SmRow        *alarm)
{
  g_autoptr (SmScope) scope = sm_scope_from_text (user->scope_kind, user->scope_ids);

  return sm_scope_has (scope, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (alarm, SM_ROW_AREA_ID),
                       sm_row_get_int (alarm, SM_ROW_FLEET_ID));
}

/* Nobody is told of what they may not see. */
static gboolean
add_role (const Finding  *finding,
          const char     *role,
          GError        **error)
{
  g_autoptr (GPtrArray) users = sm_user_table_list (sm_rules_get_connection (finding->rules), error);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const SmUserRecord *user = users->pdata[i];

      if (g_strcmp0 (user->role, role) == 0 && sees (user, finding->alarm))
        add_one (finding, user->name, NULL);
    }
  return users != NULL;
}

/* --- agents: those in whose territory the station lies, the nearest first --- */

typedef struct
{
  double latitude, longitude;
  struct { double metres; SmRow *point; } nearest[MAX_AGENTS];
} Search;

static gboolean
consider_point (SmRules      *rules,
                const SmRow  *point,
                gpointer      user_data,
                GError      **error)
{
  Search *search = user_data;
  double metres;
  guint at = 0;

  if (sm_row_is_null (point, SM_SERVICE_POINT_LATITUDE)
      || sm_row_is_null (point, SM_SERVICE_POINT_LONGITUDE)
      || sm_row_is_null (point, SM_SERVICE_POINT_RADIUS_M)
      || sm_row_is_null (point, SM_SERVICE_POINT_ORGANISATION_ID))
    return TRUE;
  metres = sm_geo_distance_m (search->latitude, search->longitude,
                              sm_row_get_real (point, SM_SERVICE_POINT_LATITUDE),
                              sm_row_get_real (point, SM_SERVICE_POINT_LONGITUDE));
  if (metres > (double) sm_row_get_int (point, SM_SERVICE_POINT_RADIUS_M))
    return TRUE;
  while (at < MAX_AGENTS && search->nearest[at].point != NULL && search->nearest[at].metres <= metres)
    at++;
  if (at == MAX_AGENTS)
    return TRUE;
  g_clear_pointer (&search->nearest[MAX_AGENTS - 1].point, sm_row_unref);
  memmove (&search->nearest[at + 1], &search->nearest[at],
           (MAX_AGENTS - 1 - at) * sizeof search->nearest[0]);
  search->nearest[at].metres = metres;
  search->nearest[at].point = sm_row_copy (point);
  return TRUE;
}

static gboolean
add_point (const Finding  *finding,
           const SmRow    *point,
           GError        **error)
{
  g_autoptr (SmRow) agent = NULL;
  g_autofree char *name = NULL;
  const char *phone = sm_row_get_text (point, SM_SERVICE_POINT_PHONE);

  if (!sm_service_find (sm_rules_get_connection (finding->rules), sm_noun_get (SM_NOUN_ORGANISATION),
                        sm_row_get_int (point, SM_SERVICE_POINT_ORGANISATION_ID), &agent, error))
    return FALSE;
  if (agent == NULL || g_strcmp0 (sm_row_get_text (agent, SM_ORGANISATION_KIND), "agent") != 0
      || g_strcmp0 (sm_row_get_text (agent, SM_ORGANISATION_STATE), "approved") != 0)
    return TRUE;
  if (phone == NULL)
    phone = sm_row_get_text (agent, SM_ORGANISATION_PHONE);
  name = sm_row_dup_name (agent, SM_ORGANISATION_NAME,
                          sm_tell_languages[finding->rules->telling->language]);
  for (guint i = 0; phone != NULL && name != NULL && i < SM_TELL_WEBHOOK; i++)
    if (i != SM_TELL_EMAIL && (finding->rule->channels & (1u << i)) != 0)
      add_receiver (finding->receivers, name, finding->rules->telling->language, (SmTellChannel) i,
                    phone);
  return TRUE;
}

static gboolean
add_agents (const Finding  *finding,
            GError        **error)
{
  g_autoptr (SmRow) station = NULL;
  Search search = { 0 };
  gboolean ok;

  if (sm_row_is_null (finding->alarm, SM_ALARM_STATION_ID))
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (finding->rules), sm_noun_get (SM_NOUN_STATION),
                        sm_row_get_int (finding->alarm, SM_ALARM_STATION_ID), &station, error))
    return FALSE;
  if (station == NULL || sm_row_is_null (station, SM_STATION_LATITUDE)
      || sm_row_is_null (station, SM_STATION_LONGITUDE))
    return TRUE;
  search.latitude = sm_row_get_real (station, SM_STATION_LATITUDE);
  search.longitude = sm_row_get_real (station, SM_STATION_LONGITUDE);
  ok = sm_rules_each (finding->rules, SM_NOUN_SERVICE_POINT, consider_point, &search, error);
  for (guint i = 0; i < MAX_AGENTS && search.nearest[i].point != NULL; i++)
    {
      ok = ok && add_point (finding, search.nearest[i].point, error);
      sm_row_unref (search.nearest[i].point);
    }
  return ok;
}

typedef struct
{
  const char *name;
  SmTellLanguage language;
  gint64 agent_id; /* SM_UNKNOWN: not found yet */
  char *phone;
} Called;

static gboolean
consider_agent (SmRules      *rules,
                const SmRow  *agent,
                gpointer      user_data,
                GError      **error)
{
  Called *called = user_data;
  g_autofree char *name
      = sm_row_dup_name (agent, SM_ORGANISATION_NAME, sm_tell_languages[called->language]);

  if (called->agent_id != SM_UNKNOWN || g_strcmp0 (name, called->name) != 0)
    return TRUE;
  called->agent_id = sm_row_get_id (agent);
  called->phone = g_strdup (sm_row_get_text (agent, SM_ORGANISATION_PHONE));
  return TRUE;
}

static gboolean
consider_phone (SmRules      *rules,
                const SmRow  *point,
                gpointer      user_data,
                GError      **error)
{
  Called *called = user_data;

  if (called->phone == NULL
      && sm_row_get_int (point, SM_SERVICE_POINT_ORGANISATION_ID) == called->agent_id)
    called->phone = g_strdup (sm_row_get_text (point, SM_SERVICE_POINT_PHONE));
  return TRUE;
}

/* Of those, too, no more may be known than a name and a number. */
static gboolean
consider_engineer (SmRules      *rules,
                   const SmRow  *engineer,
                   gpointer      user_data,
                   GError      **error)
{
  Called *called = user_data;

  if (called->phone == NULL
      && g_strcmp0 (sm_row_get_text (engineer, SM_ENGINEER_NAME), called->name) == 0)
    called->phone = g_strdup (sm_row_get_text (engineer, SM_ENGINEER_PHONE));
  return TRUE;
}

static gboolean
add_called_again (SmRules        *rules,
                  GPtrArray      *receivers,
                  const char     *name,
                  SmTellChannel   channel,
                  GError        **error)
{
  Called called = { name, rules->telling->language, SM_UNKNOWN, NULL };
  gboolean ok = sm_rules_each (rules, SM_NOUN_ORGANISATION, consider_agent, &called, error);

  if (ok && called.agent_id != SM_UNKNOWN && called.phone == NULL)
    ok = sm_rules_each (rules, SM_NOUN_SERVICE_POINT, consider_phone, &called, error);
  if (ok && called.phone == NULL)
    ok = sm_rules_each (rules, SM_NOUN_ENGINEER, consider_engineer, &called, error);
  if (ok && called.phone != NULL)
    add_receiver (receivers, name, called.language, channel, called.phone);
  g_free (called.phone);
  return ok;
}

/**
 * sm_tell_add_again:
 * @name: who was told before: a person, a company, an engineer, or the channel itself where it
 *   is a machine
 *
 * Adds them if they can still be reached.
 */
gboolean
sm_tell_add_again (SmRules        *rules,
                   GPtrArray      *receivers,
                   const char     *name,
                   SmTellChannel   channel,
                   GError        **error)
{
  if (channel >= SM_TELL_WEBHOOK)
    add_receiver (receivers, name, rules->telling->language, channel, "");
  else if (sm_tell_settings_find (rules->telling, name) != NULL)
    sm_tell_add_person (rules, receivers, name, 1u << channel);
  else if (channel != SM_TELL_EMAIL)
    return add_called_again (rules, receivers, name, channel, error);
  return TRUE;
}

/* --- the first time, and each time after it --- */

static gboolean
add_named (const Finding  *finding,
           const char     *to,
           GError        **error)
{
  if (g_str_has_prefix (to, "role:"))
    return add_role (finding, to + strlen ("role:"), error);
  if (strcmp (to, "agent") == 0)
    return add_agents (finding, error);
  if (strcmp (to, "roster") == 0)
    each_on_roster (finding, SM_ROSTER_ENTRY_PERSON, add_one, NULL);
  else if (strcmp (to, "desk") == 0)
    add_one (finding, answers (get_desk (finding)), NULL);
  else
    add_one (finding, to + strlen ("person:"), NULL);
  return TRUE;
}

static gboolean
list_first (const Finding  *finding,
            GError        **error)
{
  for (guint i = 0; finding->rule->to != NULL && finding->rule->to[i] != NULL; i++)
    if (!add_named (finding, finding->rule->to[i], error))
      return FALSE;
  for (guint i = SM_TELL_WEBHOOK; i < SM_TELL_N_CHANNELS; i++)
    if ((finding->rule->channels & (1u << i)) != 0)
      add_receiver (finding->receivers, sm_tell_channels[i], finding->rules->telling->language,
                    (SmTellChannel) i, "");
  return TRUE;
}

static void
append_person (const Finding *finding,
               const char    *person,
               gpointer       user_data)
{
  GPtrArray *line = user_data;

  if (person != NULL && sm_tell_settings_find (finding->rules->telling, person) != NULL
      && !g_ptr_array_find_with_equal_func (line, person, g_str_equal, NULL))
    g_ptr_array_add (line, (gpointer) person);
}

static void
append_administrators (const Finding *finding,
                       GPtrArray     *line)
{
  for (guint i = 0; i < finding->book->users->len; i++)
    {
      const SmUserRecord *user = finding->book->users->pdata[i];

      if (g_strcmp0 (user->role, "administrator") == 0 && sees (user, finding->alarm))
        append_person (finding, user->name, line);
    }
}

/* By roster: who is next in line, who covers the desk, who has the main desk, who may do
 * everything; then from the beginning, until somebody confirms. */
static void
list_next (const Finding *finding,
           gint64         round)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  const SmRow *desk = get_desk (finding);

  each_on_roster (finding, SM_ROSTER_ENTRY_NEXT_IN_LINE, append_person, line);
  if (desk != NULL && !sm_row_is_null (desk, SM_DESK_COVER_DESK_ID))
    append_person (finding,
                   answers (sm_desks_get (finding->book->desks,
                                          sm_row_get_int (desk, SM_DESK_COVER_DESK_ID))),
                   line);
  append_person (finding,
                 answers (sm_desks_get_main (finding->book->desks,
                                             sm_row_get_int (finding->alarm, SM_ROW_OPERATOR_ID))),
                 line);
  append_administrators (finding, line);
  append_person (finding, answers (desk), line);
  each_on_roster (finding, SM_ROSTER_ENTRY_PERSON, append_person, line);
  if (line->len > 0)
    add_one (finding, line->pdata[(guint) ((round - 1) % line->len)], NULL);
}

/** sm_tell_list_receivers: Returns: (transfer full) (nullable): of SmTellReceiver */
GPtrArray *
sm_tell_list_receivers (SmRules           *rules,
                        const SmTellRule  *rule,
                        const SmRow       *alarm,
                        gint64             round,
                        GError           **error)
{
  g_autoptr (GPtrArray) receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  Finding finding = { rules, rule, alarm, sm_desk_book_get (rules, error), receivers };

  if (finding.book == NULL)
    return NULL;
  if (round > 0)
    list_next (&finding, round);
  else if (!list_first (&finding, error))
    return NULL;
  return g_steal_pointer (&receivers);
}

/* --- of a work order --- */

/** sm_tell_add_best: By the first channel by which @person can be reached. Returns: FALSE: by none */
gboolean
sm_tell_add_best (SmRules    *rules,
                  GPtrArray  *receivers,
                  const char *person)
{
  const SmTellPerson *known = sm_tell_settings_find (rules->telling, person);

  for (guint i = 0; known != NULL && i < rules->telling->n_order_channels; i++)
    {
      SmTellChannel channel = rules->telling->order_channels[i];

      if (known->addresses[channel] == NULL)
        continue;
      add_receiver (receivers, known->name, known->language, channel, known->addresses[channel]);
      return TRUE;
    }
  return FALSE;
}

/** sm_tell_add_phone: Somebody of whom no more is known. @name: (nullable); @phone: (nullable) */
void
sm_tell_add_phone (SmRules    *rules,
                   GPtrArray  *receivers,
                   const char *name,
                   const char *phone)
{
  for (guint i = 0; name != NULL && phone != NULL && i < rules->telling->n_order_channels; i++)
    if (rules->telling->order_channels[i] != SM_TELL_EMAIL)
      {
        add_receiver (receivers, name, rules->telling->language,
                      rules->telling->order_channels[i], phone);
        return;
      }
}

static gboolean
is_of_another (SmRules    *rules,
               const char *person,
               gint64      organisation_id)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (rules->access, person);

  return user != NULL && user->organisation_id != 0 && user->organisation_id != organisation_id;
}

/* @organisation_id: (nullable): nobody of another company than this one */
static gboolean
add_desk (SmRules       *rules,
          GPtrArray     *receivers,
          const SmRow   *alarm,
          const gint64  *organisation_id,
          GError       **error)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  Finding finding = { rules, NULL, alarm, sm_desk_book_get (rules, error), receivers };

  if (finding.book == NULL)
    return FALSE;
  append_person (&finding, answers (get_desk (&finding)), line);
  each_on_roster (&finding, SM_ROSTER_ENTRY_PERSON, append_person, line);
  append_person (&finding,
                 answers (sm_desks_get_main (finding.book->desks,
                                             sm_row_get_int (alarm, SM_ROW_OPERATOR_ID))),
                 line);
  append_administrators (&finding, line);
  for (guint i = 0; i < line->len; i++)
    if ((organisation_id == NULL || !is_of_another (rules, line->pdata[i], *organisation_id))
        && sm_tell_add_best (rules, receivers, line->pdata[i]))
      return TRUE;
  return TRUE;
}

/** sm_tell_add_desk: Whose the desk of @alarm is, or the first who can be reached instead. */
gboolean
sm_tell_add_desk (SmRules      *rules,
                  GPtrArray    *receivers,
                  const SmRow  *alarm,
                  GError      **error)
{
  return add_desk (rules, receivers, alarm, NULL, error);
}

/* A company's own manager has its people wherever those are; else who is of none has the place. */
static gboolean
is_manager (SmRules            *rules,
            const SmUserRecord *user,
            const SmRow        *alarm,
            gint64              organisation_id,
            gboolean            own)
{
  g_autoptr (SmActor) actor = NULL;

  if (g_strcmp0 (user->role, "manager") != 0
      || user->organisation_id != (own ? organisation_id : 0))
    return FALSE;
  actor = sm_access_dup_actor (rules->access, user->id);
  return actor != NULL
         && sm_scope_has_company (actor->scope, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID),
                                  sm_row_get_int (alarm, SM_ROW_AREA_ID),
                                  sm_row_get_int (alarm, SM_ROW_FLEET_ID), organisation_id);
}

static gboolean
has_part_only (const SmUserRecord *user)
{
  return g_strcmp0 (user->scope_kind, sm_scope_kind_name (SM_SCOPE_AREAS)) == 0
         || g_strcmp0 (user->scope_kind, sm_scope_kind_name (SM_SCOPE_FLEETS)) == 0;
}

static gboolean
is_on_roster (const Finding *finding,
              const char    *person)
{
  gint64 now = sm_rules_now (finding->rules);

  for (guint i = 0; i < finding->book->roster->len; i++)
    {
      const SmRow *entry = finding->book->roster->pdata[i];

      if (sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT) <= now
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) > now
          && g_strcmp0 (sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON), person) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * sm_tell_add_manager:
 * @alarm: whose keys of scope say of whom it is
 * @organisation_id: of whose people it is; %SM_UNKNOWN: of nobody's
 *
 * Who answers for somebody: of the managers of their own company, or else of those of none, the
 * one on the roster, or else one who has the area, or else one who has all; of them the first who
 * can be reached, and where none can, the main desk.  Nobody of another company.
 */
gboolean
sm_tell_add_manager (SmRules      *rules,
                     GPtrArray    *receivers,
                     const SmRow  *alarm,
                     gint64        organisation_id,
                     GError      **error)
{
  Finding finding = { rules, NULL, alarm, sm_desk_book_get (rules, error), receivers };

  if (finding.book == NULL)
    return FALSE;
  for (guint turn = organisation_id != SM_UNKNOWN ? 0 : 3; turn < 6; turn++)
    for (guint i = 0; i < finding.book->users->len; i++)
      {
        const SmUserRecord *user = finding.book->users->pdata[i];

        if (is_manager (rules, user, alarm, organisation_id, turn < 3)
            && (turn % 3 == 2
                || (turn % 3 == 1 ? has_part_only (user) : is_on_roster (&finding, user->name)))
            && sm_tell_add_best (rules, receivers, user->name))
          return TRUE;
      }
  return add_desk (rules, receivers, alarm, &organisation_id, error);
}
