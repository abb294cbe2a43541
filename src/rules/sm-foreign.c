/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-foreign.h"

#include "sm-fault-code.h"
#include "sm-faults.h"
#include "sm-ingest-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/*
 * What devices say in the words of other standards.  Some say each time all that is
 * wrong: what such a one leaves out is over.  So it is kept what each of them said
 * last; after a restart the alarms that are open say it.
 */

/* How what a device said begins in sm_foreign_faults(), by scheme; NULL: it says
 * itself when something is over. */
static const char *const prefixes[SM_N_FOREIGN_SCHEMES] = {
  [SM_FOREIGN_GBT32960] = "GB/T 32960 ",
  [SM_FOREIGN_OCPP16] = "OCPP 1.6 ",
};

static char *
key_of (SmForeignScheme scheme,
        const char     *noun,
        gint64          id)
{
  return g_strdup_printf ("%d %s %" G_GINT64_FORMAT, scheme, noun, id);
}

typedef struct
{
  GHashTable *codes; /* (nullable): ours, of what is wrong; NULL: nothing */
  gint64 said_at;    /* by its own clock; SM_UNKNOWN: before the service began */
  gint64 at;         /* by ours */
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  g_clear_pointer (&said->codes, g_hash_table_unref);
  g_free (said);
}

/* Returns: (transfer none): what a device said last */
static Said *
said_by (SmRules    *rules,
         const char *key)
{
  Said *said = g_hash_table_lookup (rules->foreign, key);

  if (said == NULL)
    {
      said = g_new (Said, 1);
      *said = (Said){ NULL, SM_UNKNOWN, SM_UNKNOWN };
      g_hash_table_insert (rules->foreign, g_strdup (key), said);
    }
  return said;
}

static void
add_code (Said       *said,
          const char *code)
{
  if (said->codes == NULL)
    said->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (said->codes, g_strdup (code));
}

static void
recall_alarm (SmRules     *rules,
              const SmRow *alarm)
{
  const char *sender = sm_row_get_text (alarm, SM_ALARM_SENDER_CODE);

  if (sender == NULL || !sm_row_is_null (alarm, SM_ALARM_RETURNED_AT))
    return;
  for (guint scheme = 0; scheme < SM_N_FOREIGN_SCHEMES; scheme++)
    if (prefixes[scheme] != NULL && g_str_has_prefix (sender, prefixes[scheme]))
      {
        g_autofree char *key = key_of (scheme, sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN),
                                       sm_row_get_int (alarm, SM_ALARM_SOURCE_ID));

        add_code (said_by (rules, key), sm_row_get_text (alarm, SM_ALARM_CODE));
      }
}

/* Once, with the first that comes. */
static gboolean
recall (SmRules  *rules,
        GError  **error)
{
  g_autoptr (GPtrArray) alarms = NULL;

  if (rules->foreign != NULL)
    return TRUE;
  alarms = sm_service_list_open_alarms (sm_rules_get_connection (rules), error);
  if (alarms == NULL)
    return FALSE;
  rules->foreign = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, said_free);
  for (guint i = 0; i < alarms->len; i++)
    recall_alarm (rules, alarms->pdata[i]);
  return TRUE;
}

static SmFaultReport
make_report (const SmForeignReport *report,
             const char            *code,
             const char            *sender_code,
             gboolean               is_raised)
{
  return (SmFaultReport){ report->noun, report->id, code, sender_code, report->text, is_raised,
                          report->at_us, report->value, report->limit_value, report->equipment_id };
}

static gboolean
is_among (const GPtrArray *faults,
          const char      *code)
{
  for (guint i = 0; i < faults->len; i++)
    if (strcmp (((SmForeignFault *) faults->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

/* What began and what is over, by what is said now and what was said before. */
static void
compare (const Said            *said,
         const SmForeignReport *report,
         const GPtrArray       *faults,
         GArray                *out_reports)
{
  GHashTableIter iter;
  gpointer code;

  for (guint i = 0; i < faults->len; i++)
    {
      const SmForeignFault *fault = faults->pdata[i];
      SmFaultReport raised = make_report (report, fault->code, fault->sender_code,
                                          !report->is_over);

      if (said == NULL || said->codes == NULL || !g_hash_table_contains (said->codes, fault->code))
        g_array_append_val (out_reports, raised);
    }
  if (said == NULL || said->codes == NULL)
    return;
  g_hash_table_iter_init (&iter, said->codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      SmFaultReport over = make_report (report, code, NULL, FALSE);

      if (!is_among (faults, code))
        g_array_append_val (out_reports, over);
    }
}

static void
remember (Said                  *said,
          const SmForeignReport *report,
          const GPtrArray       *faults,
          gint64                 now)
{
  g_clear_pointer (&said->codes, g_hash_table_unref);
  for (guint i = 0; i < faults->len; i++)
    add_code (said, ((SmForeignFault *) faults->pdata[i])->code);
  said->said_at = report->at_us;
  said->at = sm_ingest_time (report->at_us, now);
}

static void
add_result (SmIngestResult       *sum,
            const SmIngestResult *one,
            guint                 index,
            guint                 n_faults)
{
  sum->ahead += one->ahead > 0;
  if (one->rejected != NULL && one->rejected->len > 0)
    sm_ingest_reject (sum, index, g_array_index (one->rejected, SmReportRejection, 0).slug);
  else if (one->late > 0)
    sum->late++;
  else if (one->repeated > 0 && one->repeated == n_faults)
    sum->repeated++;
  else
    sum->accepted++;
}

/* Says all that is wrong each time: whoever comes late with it has said it since. */
static gboolean
is_news (const Said            *said,
         const SmForeignReport *report,
         gint64                 now,
         SmIngestResult        *result)
{
  if (said == NULL || said->said_at == SM_UNKNOWN)
    return TRUE;
  if (said->said_at == report->at_us)
    result->repeated++;
  else if (sm_ingest_time (report->at_us, now) < said->at)
    result->late++;
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_report (SmRules                *rules,
             SmActor                *actor,
             const SmForeignReport  *report,
             guint                   index,
             SmIngestResult         *out_result,
             GError                **error)
{
  g_autofree char *key = key_of (report->scheme, sm_noun_get (report->noun)->name, report->id);
  g_autoptr (GPtrArray) faults = sm_foreign_faults (report);
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  g_auto (SmIngestResult) result = { 0 };
  gboolean is_snapshot = sm_foreign_is_snapshot (report->scheme);
  const Said *said = is_snapshot ? g_hash_table_lookup (rules->foreign, key) : NULL;
  gint64 now = sm_rules_now (rules);
  gboolean is_there = TRUE;

  if (said == NULL && !sm_faults_may_say (rules, actor, report->noun, report->id, &is_there, error))
    return FALSE;
  if (!is_there)
    sm_ingest_reject (out_result, index, "unknown-object");
  if (!is_there || !is_news (said, report, now, out_result))
    return TRUE;
  compare (said, report, faults, reports);
  if (!sm_ingest_faults (rules, actor, (const SmFaultReport *) reports->data, reports->len, &result,
                         error))
    return FALSE;
  add_result (out_result, &result, index, reports->len);
  if (is_snapshot && (result.rejected == NULL || result.rejected->len == 0))
    remember (said_by (rules, key), report, faults, now);
  return TRUE;
}

/**
 * sm_ingest_foreign:
 *
 * Takes in what devices say is wrong with them, in words of their own or of a
 * standard; what nobody knows is an alarm, too.
 *
 * Returns: FALSE when @actor may not report at all
 */
gboolean
sm_ingest_foreign (SmRules                *rules,
                   SmActor                *actor,
                   const SmForeignReport  *reports,
                   guint                   n_reports,
                   SmIngestResult         *out_result,
                   GError                **error)
{
  *out_result = (SmIngestResult){ 0 };
  if (!recall (rules, error))
    return FALSE;
  for (guint i = 0; i < n_reports; i++)
    if (!sm_foreign_is_readable (&reports[i]))
      sm_ingest_reject (out_result, i, "unreadable");
    else if (!take_report (rules, actor, &reports[i], i, out_result, error))
      return FALSE;
  return TRUE;
}
