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

/* Whom somebody calls when it is serious; numbers and addresses that nobody has. */
static const struct
{
  const char *person, *language;
  const char *sms, *email, *voice; /* (nullable) */
} contacts[] = {
  { "周敏 值班经理", "zh-CN", "+10090000001", "duty@example.com",
    "+10090000001" },
  { "高翔 安全主管", "zh-CN", "+10090000002", "safety@example.com",
    "+10090000002" },
  { "深圳供电抢修", "zh-CN", NULL, NULL, "+10090000003" },
  { "林佩恩 保险理赔", "en", "+10090000004", "claims@example.com", NULL },
};

typedef struct
{
  const SmSimWorld *world;
  gint64 now_us;
} Begin;

/* What is written down first, and what ends it: nothing yet when nothing is said. */
typedef struct
{
  SmPaperWish first, end;
} Paper;

static void
paper_clear (Paper *self)
{
  sm_row_unref (self->first.row);
  sm_row_unref (self->end.row);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

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

static gint64
station_of (const Begin *begin,
            guint        place)
{
  return begin->world->stations[place % begin->world->n_stations].id;
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

static void
write_inspection (Paper       *paper,
                  const Begin *begin,
                  guint        i)
{
  SmPaperWish *plan = &paper->first, *end = &paper->end;

  say_int (plan, SM_INSPECTION_STATION_ID, station_of (begin, i * 5 + 2));
  say_text (plan, SM_INSPECTION_TEMPLATE, sm_inspection_templates[0]);
  say_int (plan, SM_INSPECTION_PLANNED_AT, begin->now_us + inspections[i].planned_h * SM_HOUR);
  say_text (plan, SM_INSPECTION_INSPECTOR, inspections[i].inspector);
  if (!inspections[i].is_closed)
    return;
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    say_text (end, SM_INSPECTION_SCORE_OF (s), sm_inspection_scores[inspections[i].scores[s]]);
  say_text (end, SM_INSPECTION_STATE, sm_inspection_states[SM_INSPECTION_STATE_CLOSED]);
}

static void
write_incident (Paper       *paper,
                const Begin *begin,
                guint        i)
{
  SmPaperWish *report = &paper->first, *end = &paper->end;

  say_int (report, SM_INCIDENT_STATION_ID, station_of (begin, i * 11 + 4));
  say_text (report, SM_INCIDENT_KIND, incidents[i].kind);
  say_int (report, SM_INCIDENT_LEVEL, incidents[i].level);
  say_int (report, SM_INCIDENT_HAPPENED_AT, begin->now_us + incidents[i].happened_h * SM_HOUR);
  say_text (report, SM_INCIDENT_TEXT, incidents[i].text);
  if (incidents[i].cause == NULL)
    return;
  say_text (end, SM_INCIDENT_CAUSE, incidents[i].cause);
  say_text (end, SM_INCIDENT_MEASURES, incidents[i].measures);
  say_text (end, SM_INCIDENT_STATE, sm_incident_states[SM_INCIDENT_STATE_CLOSED]);
}

static void
write_complaint (Paper       *paper,
                 const Begin *begin,
                 guint        i)
{
  SmPaperWish *receive = &paper->first, *end = &paper->end;

  say_int (receive, SM_COMPLAINT_STATION_ID, station_of (begin, i * 7 + 3));
  say_text (receive, SM_COMPLAINT_COMPLAINANT, complaints[i].complainant);
  say_text (receive, SM_COMPLAINT_TEXT, complaints[i].text);
  if (complaints[i].state == NULL)
    return;
  say_text (end, SM_COMPLAINT_REASON, complaints[i].reason);
  say_text (end, SM_COMPLAINT_STATE, complaints[i].state);
}

static void
write_contact (Paper       *paper,
               const Begin *begin,
               guint        i)
{
  SmPaperWish *wish = &paper->first;

  say_text (wish, SM_CONTACT_PERSON, contacts[i].person);
  say_text (wish, SM_CONTACT_LANGUAGE, contacts[i].language);
  say_text (wish, SM_CONTACT_SMS, contacts[i].sms);
  say_text (wish, SM_CONTACT_EMAIL, contacts[i].email);
  say_text (wish, SM_CONTACT_VOICE, contacts[i].voice);
}

static const struct
{
  SmNounId noun;
  const char *closer;
  guint n;
  void (*write) (Paper *paper, const Begin *begin, guint i);
} kinds[] = {
  { SM_NOUN_INSPECTION, DESK, G_N_ELEMENTS (inspections), write_inspection },
  { SM_NOUN_SAFETY_INCIDENT, SAFETY, G_N_ELEMENTS (incidents), write_incident },
  { SM_NOUN_COMPLAINT, DESK, G_N_ELEMENTS (complaints), write_complaint },
  { SM_NOUN_CONTACT, DESK, G_N_ELEMENTS (contacts), write_contact },
};

static gboolean
put_one (SmRules      *rules,
         const Begin  *begin,
         guint         kind,
         guint         i,
         GError      **error)
{
  const SmNoun *noun = sm_noun_get (kinds[kind].noun);
  g_auto (Paper) paper = { { sm_row_new (noun), 0 }, { sm_row_new (noun), 0 } };
  g_autoptr (SmRow) row = NULL;

  kinds[kind].write (&paper, begin, i);
  row = create (rules, &paper.first, error);
  if (row == NULL || paper.end.said == 0)
    return row != NULL;
  return change (rules, kinds[kind].closer, row, &paper.end, error);
}

static gpointer
put (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < kinds[kind].n; i++)
      if (!put_one (rules, data, kind, i, error))
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
