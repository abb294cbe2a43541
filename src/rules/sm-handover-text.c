/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-alarm.h"
#include "sm-call.h"
#include "sm-handover-line.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-table.h"
#include "sm-time.h"

/*
 * What whoever comes has to know, from how things stand: what is urgent, what somebody
 * has put aside and until when, and who says nothing.
 */

/* So many lines of each kind; how many more there are is said. */
#define MAX_LINES 60

typedef struct
{
  GString *text;
  gint64 now;
  const char *section;
  guint n_lines;
  gint64 n_more;
} Writer;

static void
begin_section (Writer     *writer,
               const char *section)
{
  writer->section = section;
  writer->n_lines = 0;
  writer->n_more = 0;
}

static void
end_section (Writer *writer)
{
  SmHandoverLine line = { .section = (char *) "more", .level = writer->n_more,
                          .code = (char *) writer->section };

  if (writer->n_more > 0)
    sm_handover_line_write (writer->text, &line);
}

static void
write_alarm (Writer      *writer,
             const SmRow *alarm,
             guint        at,
             guint        person,
             guint        text)
{
  SmHandoverLine line = {
    .section = (char *) writer->section,
    .noun = (char *) "alarm",
    .id = sm_row_get_id (alarm),
    .level = sm_row_get_int (alarm, SM_ALARM_LEVEL),
    .code = (char *) sm_row_get_text (alarm, SM_ALARM_CODE),
    .label = (char *) sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL),
    .at = sm_row_is_null (alarm, at) ? 0 : sm_row_get_int (alarm, at),
    .person = (char *) sm_row_get_text (alarm, person),
    .text = (char *) sm_row_get_text (alarm, text),
  };

  if (writer->n_lines++ < MAX_LINES)
    sm_handover_line_write (writer->text, &line);
  else
    writer->n_more++;
}

/* What each section has, and of which fields. */
static const struct
{
  const char *section;
  guint overlay; /* 0: by level */
  gint64 level;
  guint at, person, text;
} sections[] = {
  { "critical", 0, 1, SM_ALARM_RAISED_AT, SM_ALARM_ACKED_BY, SM_ALARM_NOTE },
  { "major", 0, 2, SM_ALARM_RAISED_AT, SM_ALARM_ACKED_BY, SM_ALARM_NOTE },
  { "shelved", SM_ALARM_SHELVED, 0, SM_ALARM_SHELVED_UNTIL, SM_ALARM_SHELVED_BY,
    SM_ALARM_SHELVE_REASON },
  { "suppressed", SM_ALARM_SUPPRESSED, 0, SM_ALARM_RAISED_AT, SM_ALARM_ACKED_BY,
    SM_ALARM_SUPPRESSED_BY },
  { "out_of_service", SM_ALARM_OUT_OF_SERVICE, 0, SM_ALARM_OUT_OF_SERVICE_UNTIL,
    SM_ALARM_OUT_OF_SERVICE_BY, SM_ALARM_OUT_OF_SERVICE_REASON },
};

static gboolean
is_silent_station (const SmRow *alarm)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);

  return g_strcmp0 (code, "station-silent") == 0
         || g_strcmp0 (code, "station-unknown-danger") == 0;
}

static void
write_section (Writer    *writer,
               GPtrArray *open,
               gsize      n)
{
  begin_section (writer, sections[n].section);
  for (guint i = 0; i < open->len; i++)
    {
      const SmRow *alarm = open->pdata[i];
      SmAlarmLife life;

      if (!sm_alarm_read_life (alarm, writer->now, &life))
        continue;
      if (sections[n].overlay != 0 ? (life.overlays & sections[n].overlay) == 0
                                   : sm_row_get_int (alarm, SM_ALARM_LEVEL) != sections[n].level)
        continue;
      write_alarm (writer, alarm, sections[n].at, sections[n].person, sections[n].text);
    }
  end_section (writer);
}

/* What is worked on now, or will be before the next one is gone again. */
#define SHIFT_AHEAD (12 * SM_HOUR)

static gboolean
is_of_shift (const SmRow *window,
             gint64       now)
{
  switch (sm_row_get_enum (window, SM_WINDOW_STATE))
    {
    case SM_WINDOW_STATE_OPEN:
    case SM_WINDOW_STATE_OVERRAN:
      return TRUE;
    case SM_WINDOW_STATE_PLANNED:
      return sm_row_get_int (window, SM_WINDOW_STARTS_AT) < now + SHIFT_AHEAD;
    default:
      return FALSE;
    }
}

typedef struct
{
  Writer *writer;
  GArray *desk_ids; /* of gint64: the desk, and those that it looks after meanwhile */
} Listing;

static gboolean
is_of_those (const GArray *desk_ids,
             gint64        id)
{
  for (guint i = 0; i < desk_ids->len; i++)
    if (g_array_index (desk_ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* A window is of the desk that the alarms would be of that are expected in it. */
static gboolean
write_window (SmRules      *rules,
              const SmRow  *window,
              gpointer      user_data,
              GError      **error)
{
  Listing *listing = user_data;
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  SmHandoverLine line = {
    .section = (char *) "window",
    .noun = (char *) sm_row_get_text (window, SM_WINDOW_SCOPE_NOUN),
    .id = sm_row_get_int (window, SM_WINDOW_SCOPE_ID),
    .label = (char *) sm_row_get_text (window, SM_WINDOW_SCOPE_LABEL),
    .at = sm_row_get_int (window, SM_WINDOW_ENDS_AT),
    .person = (char *) sm_row_get_text (window, SM_WINDOW_PLANNED_BY),
    .text = (char *) sm_row_get_text (window, SM_WINDOW_REASON),
  };

  if (!is_of_shift (window, listing->writer->now))
    return TRUE;
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_AREA_ID; i++)
    if (!sm_row_is_null (window, i))
      sm_row_set_int (alarm, i, sm_row_get_int (window, i));
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, line.noun);
  sm_row_set_int (alarm, SM_ALARM_LEVEL, 2);
  sm_row_set_text (alarm, SM_ALARM_STATE, sm_alarm_states[SM_ALARM_UNACKED]);
  if (!sm_desks_assign (rules, alarm, error))
    return FALSE;
  if (!is_of_those (listing->desk_ids, sm_row_get_int (alarm, SM_ALARM_DESK_ID)))
    return TRUE;
  if (listing->writer->n_lines++ < MAX_LINES)
    sm_handover_line_write (listing->writer->text, &line);
  else
    listing->writer->n_more++;
  return TRUE;
}

static gboolean
write_windows (SmRules  *rules,
               Writer   *writer,
               GArray   *desk_ids,
               GError  **error)
{
  Listing listing = { writer, desk_ids };

  begin_section (writer, "window");
  if (!sm_rules_each (rules, SM_NOUN_MAINTENANCE_WINDOW, write_window, &listing, error))
    return FALSE;
  end_section (writer);
  return TRUE;
}

/* --- which desks it is about --- */

/* Whoever comes looks after those that are covered from there, too. */
static GArray *
list_desks (SmRules  *rules,
            gint64    desk_id,
            GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);
  const SmRow *desk = book != NULL ? sm_desks_get (book->desks, desk_id) : NULL;
  GArray *ids;

  if (book == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, desk_id);
  for (guint i = 0; desk != NULL && i < book->desks->len; i++)
    {
      gint64 id = sm_row_get_id (book->desks->pdata[i]);

      if (sm_desk_looks_after (book->desks, desk, book->desks->pdata[i]))
        g_array_append_val (ids, id);
    }
  return ids;
}

static GPtrArray *
list_open (SmRules       *rules,
           const GArray  *desk_ids,
           GError       **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < desk_ids->len; i++)
    {
      g_autoptr (GPtrArray) of_desk = sm_service_list_open_of_desk (
          sm_rules_get_connection (rules), g_array_index (desk_ids, gint64, i), error);

      if (of_desk == NULL)
        return NULL;
      for (guint n = 0; n < of_desk->len; n++)
        g_ptr_array_add (open, sm_row_ref (of_desk->pdata[n]));
    }
  return g_steal_pointer (&open);
}

/* The name of a desk is in more than one language: it is left to who shows it. */
static void
write_covered (Writer       *writer,
               const GArray *desk_ids)
{
  for (guint i = 1; i < desk_ids->len && i < MAX_LINES; i++)
    {
      SmHandoverLine line = { .section = (char *) "covered", .noun = (char *) "desk",
                              .id = g_array_index (desk_ids, gint64, i) };

      sm_handover_line_write (writer->text, &line);
    }
}

/* --- what did not get through --- */

#define SHIFT_BEHIND (12 * SM_HOUR)
#define MAX_FAILED 500

/* @out_desk_id: of what the message was about; SM_UNKNOWN: of no desk */
static gboolean
find_desk_of (SmRules      *rules,
              const SmRow  *message,
              gint64       *out_desk_id,
              GError      **error)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (message, SM_NOTIFICATION_SUBJECT_NOUN));
  g_autoptr (SmRow) subject = NULL;

  *out_desk_id = SM_UNKNOWN;
  if (noun == NULL || (noun->id != SM_NOUN_ALARM && noun->id != SM_NOUN_WORK_ORDER))
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), noun,
                        sm_row_get_int (message, SM_NOTIFICATION_SUBJECT_ID), &subject, error))
    return FALSE;
  if (subject != NULL)
    *out_desk_id = sm_row_get_int (subject, noun->id == SM_NOUN_ALARM ? SM_ALARM_DESK_ID
                                                                      : SM_WORK_ORDER_DESK_ID);
  return TRUE;
}

static void
write_message (Writer      *writer,
               const SmRow *message)
{
  SmHandoverLine line = {
    .section = (char *) writer->section,
    .noun = (char *) sm_row_get_text (message, SM_NOTIFICATION_SUBJECT_NOUN),
    .id = sm_row_get_int (message, SM_NOTIFICATION_SUBJECT_ID),
    .level = sm_row_get_int (message, SM_NOTIFICATION_LEVEL),
    .code = (char *) sm_row_get_text (message, SM_NOTIFICATION_CODE),
    .label = (char *) sm_row_get_text (message, SM_NOTIFICATION_SOURCE_LABEL),
    .at = sm_row_get_int (message, SM_NOTIFICATION_AT),
    .person = (char *) sm_row_get_text (message, SM_NOTIFICATION_RECIPIENT),
  };

  if (writer->n_lines++ < MAX_LINES)
    sm_handover_line_write (writer->text, &line);
  else
    writer->n_more++;
}

/* Whoever goes may believe that somebody was told who was not. */
static gboolean
write_failed (SmRules  *rules,
              Writer   *writer,
              GArray   *desk_ids,
              GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (GArray) failed
      = sm_tell_list_failed (connection, writer->now - SHIFT_BEHIND, MAX_FAILED, error);

  begin_section (writer, "failed");
  for (guint i = 0; failed != NULL && i < failed->len; i++)
    {
      g_autoptr (SmRow) message = NULL;
      gint64 desk_id;

      if (!sm_service_find (connection, sm_noun_get (SM_NOUN_NOTIFICATION),
                            g_array_index (failed, gint64, i), &message, error))
        return FALSE;
      if (message == NULL)
        continue;
      if (!find_desk_of (rules, message, &desk_id, error))
        return FALSE;
      if (is_of_those (desk_ids, desk_id))
        write_message (writer, message);
    }
  end_section (writer);
  return failed != NULL;
}

static void
write_silent (Writer    *writer,
              GPtrArray *open)
{
  begin_section (writer, "silent");
  for (guint i = 0; i < open->len; i++)
    if (is_silent_station (open->pdata[i]))
      write_alarm (writer, open->pdata[i], SM_ALARM_RAISED_AT, SM_ALARM_ACKED_BY, SM_ALARM_NOTE);
  end_section (writer);
}

static void
write_call (Writer       *writer,
            const SmRow  *alarm,
            const SmCall *call)
{
  g_autofree char *label = g_strdup_printf ("%s %s", call->who, call->number);
  SmHandoverLine line = {
    .section = (char *) writer->section,
    .noun = (char *) "call",
    .id = sm_row_get_id (alarm),
    .code = call->outcome,
    .label = label,
    .at = call->at,
    .person = call->person,
    .text = (char *) sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL),
  };

  if (writer->n_lines++ < MAX_LINES)
    sm_handover_line_write (writer->text, &line);
  else
    writer->n_more++;
}

/* Whom nobody has to call again, and who did not answer, of what is still open. */
static void
write_calls (Writer    *writer,
             GPtrArray *open)
{
  begin_section (writer, "call");
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (GPtrArray) calls
          = sm_calls_read (sm_row_get_text (open->pdata[i], SM_ALARM_CALLS));

      for (guint n = 0; n < calls->len; n++)
        write_call (writer, open->pdata[i], calls->pdata[n]);
    }
  end_section (writer);
}

/** sm_handover_write_summary: Returns: (transfer full) (nullable): the document, as of now */
char *
sm_handover_write_summary (SmRules  *rules,
                           gint64    desk_id,
                           GError  **error)
{
  g_autoptr (GArray) desk_ids = list_desks (rules, desk_id, error);
  g_autoptr (GPtrArray) open = desk_ids != NULL ? list_open (rules, desk_ids, error) : NULL;
  Writer writer = { .now = sm_rules_now (rules) };

  if (open == NULL)
    return NULL;
  writer.text = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    write_section (&writer, open, i);
  write_calls (&writer, open);
  if (!write_windows (rules, &writer, desk_ids, error))
    {
      g_string_free (writer.text, TRUE);
      return NULL;
    }
  write_silent (&writer, open);
  if (!write_failed (rules, &writer, desk_ids, error))
    {
      g_string_free (writer.text, TRUE);
      return NULL;
    }
  write_covered (&writer, desk_ids);
  return g_string_free (writer.text, FALSE);
}
