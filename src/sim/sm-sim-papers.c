/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-papers.h"

#include "sm-papers.h"
#include "sm-sim-list.h"
#include "sm-time.h"
#include "sm-uuid.h"

#define DESK "simulator"
/* Who reported an incident does not close it. */
#define SAFETY "安全员"

/* Of all six parts, best to worst as sm_inspection_scores; NULL: it is still to come. */
static const struct
{
  int planned_h; /* from now */
  const char *inspector;
  guint scores[SM_INSPECTION_N_S];
  gboolean is_closed;
} inspections[] = {
  { -20, "林静", { 0, 1, 0, 1, 1, 0 }, TRUE },
  { -6, "陈立", { 1, 2, 1, 1, 2, 0 }, TRUE },
  { 3, "林静", { 0 }, FALSE },
  { 22, "陈立", { 0 }, FALSE },
  { 46, NULL, { 0 }, FALSE },
  { 94, NULL, { 0 }, FALSE },
};

static const struct
{
  const char *kind, *text;
  int level, happened_h;
  const char *cause, *measures; /* (nullable): of one that is closed */
} incidents[] = {
  { "near_miss", "换电车道内有人未戴安全帽进入，机械臂在动作前已停", 3, -30, "车道门联锁被临时旁路",
    "恢复联锁并培训当班人员" },
  { "property_damage", "车辆倒车时碰到护栏，护栏变形", 4, -75, "夜间照明不足", "加装照明与倒车标线" },
  { "near_miss", "充电枪线缆外皮磨损，发现时未带电", 3, -5, NULL, NULL },
};

static const struct
{
  const char *complainant, *text;
  const char *reason, *state; /* (nullable): of one that is decided */
} complaints[] = {
  { "王师傅", "排队四十分钟，没有人说明原因", NULL, NULL },
  { "粤运物流车队", "换下的电池电量比显示的少，要求核对计费", "计量记录与订单一致", "rejected" },
  { "李师傅", "二号车道门打不开，只能绕行", "门控限位开关松动", "upheld" },
};

typedef struct
{
  const SmSimWorld *world;
  gint64 now_us;
} Begin;

static void
say_text (SmPaperWish *wish,
          guint        field,
          const char  *text)
{
  if (text == NULL)
    return;
  sm_row_set_text (wish->row, field, text);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

static void
say_int (SmPaperWish *wish,
         guint        field,
         gint64       value)
{
  sm_row_set_int (wish->row, field, value);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

static SmRow *
create (SmRules            *rules,
        const SmPaperWish  *wish,
        GError            **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system (DESK);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());

  return sm_papers_create (rules, actor, key, wish, error);
}

static gboolean
change (SmRules            *rules,
        const char         *who,
        const SmRow        *row,
        const SmPaperWish  *wish,
        GError            **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) changed
      = sm_papers_change (rules, actor, key, sm_row_get_id (row), sm_row_get_int (row, SM_ROW_SEQ),
                          wish, &current, error);

  return changed != NULL;
}

static gboolean
put_inspection (SmRules      *rules,
                const Begin  *begin,
                gsize         i,
                GError      **error)
{
  g_autoptr (SmRow) planned = sm_row_new (sm_noun_get (SM_NOUN_INSPECTION));
  g_autoptr (SmRow) done = sm_row_new (sm_noun_get (SM_NOUN_INSPECTION));
  SmPaperWish plan = { planned, 0 }, end = { done, 0 };
  g_autoptr (SmRow) row = NULL;

  say_int (&plan, SM_INSPECTION_STATION_ID,
           begin->world->stations[(i * 5 + 2) % begin->world->n_stations].id);
  say_text (&plan, SM_INSPECTION_TEMPLATE, sm_inspection_templates[0]);
  say_int (&plan, SM_INSPECTION_PLANNED_AT, begin->now_us + inspections[i].planned_h * SM_HOUR);
  say_text (&plan, SM_INSPECTION_INSPECTOR, inspections[i].inspector);
  row = create (rules, &plan, error);
  if (row == NULL || !inspections[i].is_closed)
    return row != NULL;
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    say_text (&end, SM_INSPECTION_SCORE_OF (s),
              sm_inspection_scores[inspections[i].scores[s]]);
  say_text (&end, SM_INSPECTION_STATE, sm_inspection_states[SM_INSPECTION_STATE_CLOSED]);
  return change (rules, DESK, row, &end, error);
}

static gboolean
put_incident (SmRules      *rules,
              const Begin  *begin,
              gsize         i,
              GError      **error)
{
  g_autoptr (SmRow) reported = sm_row_new (sm_noun_get (SM_NOUN_SAFETY_INCIDENT));
  g_autoptr (SmRow) closed = sm_row_new (sm_noun_get (SM_NOUN_SAFETY_INCIDENT));
  SmPaperWish report = { reported, 0 }, end = { closed, 0 };
  g_autoptr (SmRow) row = NULL;

  say_int (&report, SM_INCIDENT_STATION_ID,
           begin->world->stations[(i * 11 + 4) % begin->world->n_stations].id);
  say_text (&report, SM_INCIDENT_KIND, incidents[i].kind);
  say_int (&report, SM_INCIDENT_LEVEL, incidents[i].level);
  say_int (&report, SM_INCIDENT_HAPPENED_AT, begin->now_us + incidents[i].happened_h * SM_HOUR);
  say_text (&report, SM_INCIDENT_TEXT, incidents[i].text);
  row = create (rules, &report, error);
  if (row == NULL || incidents[i].cause == NULL)
    return row != NULL;
  say_text (&end, SM_INCIDENT_CAUSE, incidents[i].cause);
  say_text (&end, SM_INCIDENT_MEASURES, incidents[i].measures);
  say_text (&end, SM_INCIDENT_STATE, sm_incident_states[SM_INCIDENT_STATE_CLOSED]);
  return change (rules, SAFETY, row, &end, error);
}

static gboolean
put_complaint (SmRules      *rules,
               const Begin  *begin,
               gsize         i,
               GError      **error)
{
  g_autoptr (SmRow) received = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));
  g_autoptr (SmRow) decided = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));
  SmPaperWish receive = { received, 0 }, end = { decided, 0 };
  g_autoptr (SmRow) row = NULL;

  say_int (&receive, SM_COMPLAINT_STATION_ID,
           begin->world->stations[(i * 7 + 3) % begin->world->n_stations].id);
  say_text (&receive, SM_COMPLAINT_COMPLAINANT, complaints[i].complainant);
  say_text (&receive, SM_COMPLAINT_TEXT, complaints[i].text);
  row = create (rules, &receive, error);
  if (row == NULL || complaints[i].state == NULL)
    return row != NULL;
  say_text (&end, SM_COMPLAINT_REASON, complaints[i].reason);
  say_text (&end, SM_COMPLAINT_STATE, complaints[i].state);
  return change (rules, DESK, row, &end, error);
}

static gpointer
put (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inspections); i++)
    if (!put_inspection (rules, data, i, error))
      return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (incidents); i++)
    if (!put_incident (rules, data, i, error))
      return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (complaints); i++)
    if (!put_complaint (rules, data, i, error))
      return NULL;
  return NULL;
}

/** sm_sim_papers_begin: In a network where nobody has inspected anything yet, somebody has already. */
gboolean
sm_sim_papers_begin (const SmSimSender  *sender,
                     const SmSimWorld   *world,
                     gint64              now_us,
                     GError            **error)
{
  g_autoptr (GPtrArray) there = sm_sim_list_all (sender->rules, SM_NOUN_INSPECTION,
                                                 sender->cancellable, error);
  Begin begin = { world, now_us };

  if (there == NULL || there->len > 0)
    return there != NULL;
  return sm_sim_sender_run (sender, put, &begin, error);
}
