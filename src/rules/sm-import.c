/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-import.h"

#include <string.h>

#include "sm-error.h"
#include "sm-import-row-private.h"

/*
 * Reads a table of stations in the caller's thread and hands what is good to
 * the writer, some stations at a time: a transaction for each would be slow,
 * one for all would keep everyone else waiting.  Each station is a savepoint:
 * it goes in whole or not at all.
 */

#define BATCH 64
#define KNOWN_PAGE 5000

/* One good row on its way into the database. */
typedef struct
{
  guint64 line;
  SmStationTree *tree;
} Entry;

typedef struct
{
  SmRules *rules;
  SmActor *actor;
  const SmImportOptions *options;
  SmImportSummary *summary;
  GHashTable *known; /* serial numbers that the database has -> how many piles are there */
  GHashTable *seen;  /* serial number -> line of this file, for the doubled ones */
  GPtrArray *batch;  /* of Entry */
} Import;

static const char template[] =
  "sn,name_en,name_zh,latitude,longitude,pile_count,kind,address,time_zone,grid_capacity_kw,"
  "current,rated_power_kw\r\n"
  "SZ-0001,Bao'an North,宝安北站,22.572310,113.862145,12,charge,\"1 Xin'an Road, Bao'an\","
  "Asia/Shanghai,1250,dc,120\r\n";

/** sm_import_template: Returns: (transfer none): a table with all columns and one example */
const char *
sm_import_template (void)
{
  return template;
}

void
sm_import_summary_clear (SmImportSummary *self)
{
  g_clear_pointer (&self->ignored, g_free);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  sm_station_tree_free (entry->tree);
  g_free (entry);
}

static void
refuse (Import     *import,
        guint64     line,
        const char *column,
        const char *reason)
{
  SmImportProblem problem = { line, column, reason };

  import->summary->refused++;
  if (import->options->report != NULL)
    import->options->report (&problem, import->options->report_data);
}

static void
count (Import          *import,
       const Entry     *entry,
       SmUpsertOutcome  outcome)
{
  import->summary->added += outcome == SM_UPSERT_ADDED;
  import->summary->changed += outcome == SM_UPSERT_CHANGED;
  import->summary->unchanged += outcome == SM_UPSERT_UNCHANGED;
  if (entry->tree->piles != NULL)
    import->summary->piles += entry->tree->piles->len;
}

/* A refusal by the rules is about its row; anything else is about the database. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == SM_ERROR
         && (error->code == SM_ERROR_INVALID || error->code == SM_ERROR_CONFLICT
             || error->code == SM_ERROR_MALFORMED || error->code == SM_ERROR_TOO_LARGE);
}

static gboolean
write_entries (SmRules  *rules,
               Import   *import,
               GError  **error)
{
  for (guint i = 0; i < import->batch->len; i++)
    {
      const Entry *entry = g_ptr_array_index (import->batch, i);
      g_autoptr (GError) refusal = NULL;
      SmUpsertOutcome outcome;
      gint64 id;

      if (sm_stations_upsert (rules, import->actor, entry->tree, &id, &outcome, &refusal))
        count (import, entry, outcome);
      else if (is_refusal (refusal))
        refuse (import, entry->line, NULL, refusal->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return TRUE;
}

static gpointer
write_batch (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Import *import = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  if (!write_entries (rules, import, error) || import->options->dry_run)
    sm_rules_rollback (rules);
  else
    sm_rules_commit (rules, error);
  return NULL;
}

static gboolean
flush (Import  *import,
       GError **error)
{
  g_autoptr (GError) own_error = NULL;

  if (g_cancellable_set_error_if_cancelled (import->options->cancellable, error))
    return FALSE;
  if (import->batch->len > 0)
    sm_rules_run_sync (import->rules, write_batch, import, &own_error);
  g_ptr_array_set_size (import->batch, 0);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
list_known (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GHashTable *known = data;
  gint64 after_id = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) rows = sm_registry_list (reader, sm_noun_get (SM_NOUN_STATION), after_id,
                                                     KNOWN_PAGE, error);

      if (rows == NULL || rows->len == 0)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        g_hash_table_insert (known, g_strdup (sm_row_get_text (rows->pdata[i], SM_STATION_SN)),
                             GSIZE_TO_POINTER (sm_row_get_int (rows->pdata[i],
                                                               SM_STATION_PILE_COUNT)));
      after_id = sm_row_get_id (rows->pdata[rows->len - 1]);
    }
}

/* Returns: FALSE when the file has the serial number for the second time. */
static gboolean
remember (Import     *import,
          guint64     line,
          const char *column,
          const char *sn)
{
  gpointer first = g_hash_table_lookup (import->seen, sn);
  g_autofree char *reason = NULL;

  if (first == NULL)
    {
      g_hash_table_insert (import->seen, g_strdup (sn), GSIZE_TO_POINTER (line));
      return TRUE;
    }
  reason = g_strdup_printf ("the serial number “%s” stands in line %" G_GSIZE_FORMAT
                            " already; give this station its own, or remove the row",
                            sn, GPOINTER_TO_SIZE (first));
  refuse (import, line, column, reason);
  return FALSE;
}

/* Returns: FALSE when piles would have to go: a number does not say which. */
static gboolean
has_all_piles (Import              *import,
               guint64              line,
               const char          *column,
               const SmStationTree *tree)
{
  const char *sn = sm_row_get_text (tree->station, SM_STATION_SN);
  gsize known = GPOINTER_TO_SIZE (g_hash_table_lookup (import->known, sn));
  g_autofree char *reason = NULL;

  if (tree->piles == NULL || tree->piles->len >= known)
    return TRUE;
  reason = g_strdup_printf ("the network has %" G_GSIZE_FORMAT " piles there and this row %u; an import "
                            "never removes piles, so correct the number or leave it empty",
                            known, tree->piles->len);
  refuse (import, line, column, reason);
  return FALSE;
}

static void
take_row (Import               *import,
          const SmImportHeader *header,
          const SmCsvRow       *row)
{
  const char *en = import->options->name_en;
  const char *zh_cn = import->options->name_zh_cn;
  const char *column, *sn;
  g_autofree char *reason = NULL;
  SmStationTree *tree;
  Entry *entry;

  import->summary->rows++;
  tree = sm_import_row_read (header, row, import->options->datum, &column, &reason);
  if (tree == NULL)
    {
      refuse (import, row->line, column, reason);
      return;
    }
  sn = sm_row_get_text (tree->station, SM_STATION_SN);
  if (!remember (import, row->line, sm_import_header_name (header, SM_IMPORT_SN), sn)
      || !has_all_piles (import, row->line, sm_import_header_name (header, SM_IMPORT_PILES), tree))
    {
      sm_station_tree_free (tree);
      return;
    }
  if (!g_hash_table_contains (import->known, sn))
    {
      sm_import_add_names (tree, en != NULL ? en : "Station {sn}",
                           zh_cn != NULL ? zh_cn : "{sn}号站");
      if (import->options->area_id != 0)
        sm_row_set_int (tree->station, SM_ROW_AREA_ID, import->options->area_id);
    }
  entry = g_new (Entry, 1);
  *entry = (Entry){ row->line, tree };
  g_ptr_array_add (import->batch, entry);
}

static gboolean
read_rows (Import        *import,
           SmCsvReader   *reader,
           GError       **error)
{
  g_autoptr (SmImportHeader) header = NULL;
  const SmCsvRow *row;

  for (;;)
    {
      if (!sm_csv_reader_next (reader, &row, error))
        return FALSE;
      if (row == NULL)
        break;
      if (header == NULL)
        {
          header = sm_import_header_new (row, error);
          if (header == NULL)
            return FALSE;
          import->summary->ignored = g_strdup (header->ignored);
        }
      else if (!sm_import_row_is_blank (row))
        take_row (import, header, row);
      if (import->batch->len >= BATCH && !flush (import, error))
        return FALSE;
    }
  if (header == NULL)
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "import-empty",
                    "The file is empty, so nothing was imported. It needs a first line with the "
                    "names of the columns.");
      return FALSE;
    }
  return flush (import, error);
}

/**
 * sm_import_stations:
 * @fill: gives the bytes of the table
 * @out_summary: cleared by the caller; on failure it says how far it came
 *
 * Brings the stations of a table into the network: by serial number, so that
 * a second import of the same file changes nothing.  Rows that are wrong are
 * reported and left out; a table without the columns needed is refused whole.
 */
gboolean
sm_import_stations (SmRules                *rules,
                    SmActor                *actor,
                    SmCsvFill               fill,
                    gpointer                fill_data,
                    const SmImportOptions  *options,
                    SmImportSummary        *out_summary,
                    GError                **error)
{
  g_autoptr (SmCsvReader) reader = sm_csv_reader_new (fill, fill_data);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GError) list_error = NULL;
  Import import = { .rules = rules, .actor = actor, .options = options, .summary = out_summary,
                    .known = known, .seen = seen, .batch = batch };

  g_return_val_if_fail (rules != NULL && actor != NULL && options != NULL, FALSE);

  *out_summary = (SmImportSummary){ 0 };
  sm_rules_read_sync (rules, list_known, known, &list_error);
  if (list_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&list_error));
      return FALSE;
    }
  return read_rows (&import, reader, error);
}

static gssize
fill_from_stream (gpointer   user_data,
                  char      *buffer,
                  gsize      size,
                  GError   **error)
{
  return g_input_stream_read (user_data, buffer, size, NULL, error);
}

/** sm_import_stations_file: Likewise, from the file at @path. */
gboolean
sm_import_stations_file (SmRules                *rules,
                         SmActor                *actor,
                         const char             *path,
                         const SmImportOptions  *options,
                         SmImportSummary        *out_summary,
                         GError                **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) own_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &own_error);

  *out_summary = (SmImportSummary){ 0 };
  if (stream == NULL)
    {
      sm_set_error (error, SM_ERROR_IO, "import-unreadable",
                    "%s cannot be read: %s. Check the name and the permissions.", path,
                    own_error->message);
      return FALSE;
    }
  return sm_import_stations (rules, actor, fill_from_stream, stream, options, out_summary, error);
}
