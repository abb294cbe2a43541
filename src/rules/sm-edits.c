/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-edits.h"

#include "sm-alarms-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

#include <string.h>

typedef struct _Edit Edit;

struct _Edit
{
  gint64 if_seq; /* SM_UNKNOWN: whatever it is */
  gboolean (*change) (const SmVerb *verb, const Edit *edit, SmRow *row, GError **error);
  gconstpointer data;
  const char *reason; /* (nullable): for the audit */
};

static SmRow *
edit_row (const SmVerb   *verb,
          gconstpointer   data,
          SmRow          *before,
          GError        **error)
{
  const Edit *edit = data;
  g_autoptr (SmRow) row = sm_row_copy (before);
  gboolean is_same;

  if (!sm_verb_check_seq (verb, edit->if_seq, before, error)
      || !edit->change (verb, edit, row, error))
    return NULL;
  is_same = sm_row_equal (before, row);
  if (!is_same && !sm_verb_put (verb->rules, row, before, error))
    return NULL;
  if (edit->reason != NULL ? !sm_verb_tell_why (verb, edit->reason, before, row, error)
                           : !sm_verb_tell (verb, is_same ? "unchanged" : "done", before, row,
                                            error))
    return NULL;
  return g_steal_pointer (&row);
}

static gboolean
merge_names (const SmVerb  *verb,
             const Edit    *edit,
             SmRow         *row,
             GError       **error)
{
  g_autofree char *names = sm_service_db_merge_texts (verb->rules->db,
                                                      sm_row_get_text (row, SM_STATION_NAME),
                                                      edit->data, error);

  if (names == NULL)
    return FALSE;
  if (strcmp (names, "{}") != 0)
    {
      sm_row_set_text (row, SM_STATION_NAME, names);
      return TRUE;
    }
  sm_set_error (error, SM_ERROR_INVALID, "name-invalid", "A station needs a name in some language");
  return FALSE;
}

/* Phones of some roles, over what there is: an object by role, or any text. */
static gboolean
merge_phones (const SmVerb         *verb,
              const SmStationEdit  *wanted,
              SmRow                *row,
              GError              **error)
{
  const char *before = sm_row_get_text (row, SM_STATION_PHONES);
  g_autofree char *phones = NULL;

  if (!wanted->phones_are_patch)
    {
      sm_row_set_text (row, SM_STATION_PHONES, wanted->phones);
      return TRUE;
    }
  phones = sm_service_db_merge_texts (verb->rules->db,
                                      before != NULL && before[0] == '{' ? before : NULL,
                                      wanted->phones, error);
  if (phones == NULL)
    return FALSE;
  sm_row_set_text (row, SM_STATION_PHONES, strcmp (phones, "{}") != 0 ? phones : NULL);
  return TRUE;
}

static gboolean
edit_station (const SmVerb  *verb,
              const Edit    *edit,
              SmRow         *row,
              GError       **error)
{
  const SmStationEdit *wanted = edit->data;
  const Edit names = { edit->if_seq, NULL, wanted->names };

  if (wanted->has_phones && !sm_actor_require (verb->actor, "station.contact", error))
    return FALSE;
  if (wanted->names != NULL && !merge_names (verb, &names, row, error))
    return FALSE;
  return !wanted->has_phones || merge_phones (verb, wanted, row, error);
}

static char *
describe_edit (gint64               station_id,
               const SmStationEdit *wanted)
{
  GString *text = g_string_new (NULL);

  if (wanted->names != NULL)
    g_string_append_printf (text, "station.rename %" G_GINT64_FORMAT " %s", station_id,
                            wanted->names);
  if (wanted->has_phones)
    g_string_append_printf (text, "%sstation.contact%s %" G_GINT64_FORMAT " %s",
                            text->len > 0 ? "\n" : "", wanted->phones_are_patch ? ".roles" : "",
                            station_id, wanted->phones != NULL ? wanted->phones : "");
  return g_string_free (text, FALSE);
}

/**
 * sm_stations_edit:
 *
 * What the names come to is worked out here, in the writer: whoever sends the
 * same again gets the first answer, though others may have renamed it since.
 *
 * Returns: (transfer full) (nullable): the station after it
 */
SmRow *
sm_stations_edit (SmRules              *rules,
                  SmActor              *actor,
                  const char           *idempotency_key,
                  gint64                station_id,
                  gint64                if_seq,
                  const SmStationEdit  *wanted,
                  SmRow               **out_current,
                  GError              **error)
{
  g_autofree char *request = describe_edit (station_id, wanted);
  SmVerb verb = { rules, actor, wanted->names != NULL ? "station.rename" : "station.contact",
                  sm_noun_get (SM_NOUN_STATION), station_id, idempotency_key, request,
                  out_current };
  Edit edit = { if_seq, edit_station, wanted };

  return sm_verb_run (&verb, edit_row, &edit, error);
}

/** sm_stations_rename: sm_stations_edit() of its names alone. */
SmRow *
sm_stations_rename (SmRules     *rules,
                    SmActor     *actor,
                    const char  *idempotency_key,
                    gint64       station_id,
                    gint64       if_seq,
                    const char  *patch,
                    SmRow      **out_current,
                    GError     **error)
{
  return sm_stations_edit (rules, actor, idempotency_key, station_id, if_seq,
                           &(SmStationEdit){ .names = patch }, out_current, error);
}

static gboolean
set_note (const SmVerb  *verb,
          const Edit    *edit,
          SmRow         *row,
          GError       **error)
{
  sm_row_set_text (row, SM_ALARM_NOTE, edit->data);
  return TRUE;
}

/**
 * sm_alarms_note:
 * @note: (nullable): what a person has to say of it; NULL takes it away
 *
 * Returns: (transfer full) (nullable): the alarm after it
 */
SmRow *
sm_alarms_note (SmRules     *rules,
                SmActor     *actor,
                const char  *idempotency_key,
                gint64       alarm_id,
                gint64       if_seq,
                const char  *note,
                SmRow      **out_current,
                GError     **error)
{
  g_autofree char *request = g_strdup_printf ("alarm.note %" G_GINT64_FORMAT " %s", alarm_id,
                                              note != NULL ? note : "");
  SmVerb verb = { rules, actor, "alarm.note", sm_noun_get (SM_NOUN_ALARM), alarm_id,
                  idempotency_key, request, out_current };
  Edit edit = { if_seq, set_note, note };

  return sm_verb_run (&verb, edit_row, &edit, error);
}

static gboolean
set_retired (const SmVerb  *verb,
             const Edit    *edit,
             SmRow         *row,
             GError       **error)
{
  sm_row_set_text (row, SM_STATION_STATE, "retired");
  sm_row_set_text (row, SM_STATION_STATE_REASON, edit->data);
  return TRUE;
}

/** sm_stations_retire: Takes a station out of the network; its history stays. */
SmRow *
sm_stations_retire (SmRules     *rules,
                    SmActor     *actor,
                    gint64       station_id,
                    const char  *reason,
                    GError     **error)
{
  SmVerb verb = { rules, actor, "station.retire", sm_noun_get (SM_NOUN_STATION), station_id };
  Edit edit = { SM_UNKNOWN, set_retired, reason };

  return sm_verb_run (&verb, edit_row, &edit, error);
}

static gboolean
set_person (const SmVerb  *verb,
            const Edit    *edit,
            SmRow         *row,
            GError       **error)
{
  sm_row_set_text (row, SM_ENGINEER_PERSON, edit->data);
  return TRUE;
}

/** sm_engineers_set_person: @person: (nullable): the name with which the engineer signs in */
SmRow *
sm_engineers_set_person (SmRules     *rules,
                         SmActor     *actor,
                         gint64       engineer_id,
                         const char  *person,
                         GError     **error)
{
  SmVerb verb = { rules, actor, "user.manage", sm_noun_get (SM_NOUN_ENGINEER), engineer_id };
  Edit edit = { SM_UNKNOWN, set_person, person };

  return sm_verb_run (&verb, edit_row, &edit, error);
}

static const guint limit_fields[] = { SM_LIMIT_RAISE_AT, SM_LIMIT_CLEAR_AT, SM_LIMIT_DELAY_S,
                                      SM_LIMIT_LEVEL, SM_LIMIT_ENABLED };

static gboolean
is_backwards (const SmRow *limit)
{
  double raise_at = sm_row_get_real (limit, SM_LIMIT_RAISE_AT);
  double clear_at = sm_row_get_real (limit, SM_LIMIT_CLEAR_AT);

  return g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_DIRECTION), "above") == 0
             ? clear_at > raise_at
             : clear_at < raise_at;
}

static gboolean
set_limit (const SmVerb  *verb,
           const Edit    *edit,
           SmRow         *row,
           GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (limit_fields); i++)
    if (!sm_row_is_null (edit->data, limit_fields[i]))
      sm_row_copy_field (row, edit->data, limit_fields[i]);
  /* It would be raised and over at once, for ever. */
  return !is_backwards (row) || sm_error_refuse_field (error, "/clear_at", "limit-backwards");
}

static char *
describe_change (gint64       limit_id,
                 const SmRow *changes)
{
  GString *text = g_string_new (NULL);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_printf (text, "limit.change %" G_GINT64_FORMAT, limit_id);
  for (guint i = 0; i < G_N_ELEMENTS (limit_fields); i++)
    {
      const SmField *field = &sm_row_get_noun (changes)->fields[limit_fields[i]];
      double value = field->kind == SM_KIND_REAL
                       ? sm_row_get_real (changes, limit_fields[i])
                       : (double) sm_row_get_int (changes, limit_fields[i]);

      if (!sm_row_is_null (changes, limit_fields[i]))
        g_string_append_printf (text, " %s=%s", field->name,
                                g_ascii_dtostr (digits, sizeof digits, value));
    }
  return g_string_free (text, FALSE);
}

/**
 * sm_limits_change:
 * @changes: (transfer none): raise_at, clear_at, delay_s, level and enabled that
 *   are not null are taken over
 *
 * The limits in memory follow; how things stand to them is found anew.
 *
 * Returns: (transfer full) (nullable): the limit after it
 */
SmRow *
sm_limits_change (SmRules      *rules,
                  SmActor      *actor,
                  const char   *idempotency_key,
                  gint64        limit_id,
                  gint64        if_seq,
                  const SmRow  *changes,
                  const char   *reason,
                  SmRow       **out_current,
                  GError      **error)
{
  g_autofree char *change = describe_change (limit_id, changes);
  g_autofree char *request = g_strdup_printf ("%s\n%s", change, reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, "limit.change", sm_noun_get (SM_NOUN_LIMIT), limit_id,
                  idempotency_key, request, out_current };
  Edit edit = { if_seq, set_limit, changes, reason };
  g_autoptr (SmRow) row = sm_verb_run (&verb, edit_row, &edit, error);

  if (row == NULL || !sm_alarms_load_limits (rules, error))
    return NULL;
  return g_steal_pointer (&row);
}
