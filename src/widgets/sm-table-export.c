/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-table-export.h"

#include "sm-drill.h"

#include <math.h>

/* The rows belong to the main thread: there their texts are taken, a slice of
 * a frame at a time; a thread turns them into the file. */
#define SLICE_US 3000
#define SLICE_EVERY_MS 8
#define BATCH_ROWS 200
#define MOST_BATCHES 16

/* Rows as texts, on their way to the thread; the last one is empty. */
typedef struct
{
  GStringChunk *texts;
  GArray *cells; /* of SmSheetCell */
} Batch;

typedef struct
{
  SmTableExport what;
  GAsyncQueue *batches;
  Batch *open;
  const char *drill; /* (nullable), interned: stands at the head of each row */
  guint position;
  guint source;
} Job;

static Batch *
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->texts = g_string_chunk_new (4096);
  batch->cells = g_array_new (FALSE, FALSE, sizeof (SmSheetCell));
  return batch;
}

static void
batch_free (Batch *batch)
{
  g_string_chunk_free (batch->texts);
  g_array_unref (batch->cells);
  g_free (batch);
}

static Job *
job_new (const SmTableExport *what)
{
  Job *job = g_new0 (Job, 1);

  job->what = *what;
  job->what.model = g_object_ref (what->model);
  job->what.columns = g_ptr_array_ref (what->columns);
  job->what.file = g_object_ref (what->file);
  job->what.title = g_strdup (what->title);
  job->what.context.zone
      = what->context.zone != NULL ? g_time_zone_ref (what->context.zone) : NULL;
  job->batches = g_async_queue_new_full ((GDestroyNotify) batch_free);
  job->open = batch_new ();
  job->drill = sm_drill_get_title ();
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->source, g_source_remove);
  g_clear_object (&job->what.model);
  g_ptr_array_unref (job->what.columns);
  g_object_unref (job->what.file);
  g_free ((char *) job->what.title);
  g_clear_pointer (&job->what.context.zone, g_time_zone_unref);
  g_async_queue_unref (job->batches);
  g_clear_pointer (&job->open, batch_free);
  g_free (job);
}

static void
hold (Job      *job,
      gboolean  is_held)
{
  const SmTableHooks *hooks = job->what.hooks;

  if (hooks != NULL && hooks->hold != NULL)
    hooks->hold (job->what.model, is_held, job->what.context.data);
}

static void
push_open (Job *job)
{
  g_async_queue_push (job->batches, g_steal_pointer (&job->open));
  job->open = batch_new ();
}

static guint
width_of (const Job *job)
{
  return job->what.columns->len + (job->drill != NULL);
}

/* A row that is copied elsewhere has to say it too, so that each of them says it. */
static void
take_mark (Job        *job,
           const char *text)
{
  SmSheetCell cell = { text, NAN };

  if (job->drill != NULL)
    g_array_append_val (job->open->cells, cell);
}

static void
take_head (Job *job)
{
  take_mark (job, sm_drill_mark ());
  for (guint i = 0; i < job->what.columns->len; i++)
    {
      g_autofree char *heading
          = sm_table_column_heading (g_ptr_array_index (job->what.columns, i));
      SmSheetCell cell = { g_string_chunk_insert (job->open->texts, heading), NAN };

      g_array_append_val (job->open->cells, cell);
    }
}

static void
take_row (Job    *job,
          SmItem *item)
{
  const SmNoun *noun = sm_row_get_noun (sm_item_get_row (item));

  take_mark (job, job->drill);
  for (guint i = 0; i < job->what.columns->len; i++)
    {
      const SmTableColumn *column = g_ptr_array_index (job->what.columns, i);
      SmSheetCell cell = { NULL, NAN };

      if (sm_table_column_is_number (column, noun))
        cell.number = sm_table_column_number (column, item, &job->what.context);
      else
        {
          g_autofree char *text = sm_table_column_text (column, item, &job->what.context);

          cell.text = g_string_chunk_insert (job->open->texts, text);
        }
      g_array_append_val (job->open->cells, cell);
    }
  if (job->open->cells->len >= BATCH_ROWS * width_of (job))
    push_open (job);
}

/* Whether the model has no further row, not even unread ones. */
static gboolean
is_at_end (Job *job)
{
  const SmTableHooks *hooks = job->what.hooks;

  if (job->position < g_list_model_get_n_items (job->what.model))
    return FALSE;
  return hooks == NULL || hooks->load_more == NULL
         || !hooks->load_more (job->what.model, job->what.context.data);
}

/* A page of a history that was given up comes back by itself once it is asked
 * for; until then a row has its id alone. */
static gboolean
is_there (Job    *job,
          SmItem *item)
{
  return job->what.hooks == NULL || job->what.hooks->load_more == NULL
         || !sm_row_is_null (sm_item_get_row (item), SM_ROW_SEQ);
}

static gboolean
take_slice_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  gint64 until = g_get_monotonic_time () + SLICE_US;
  guint total = g_list_model_get_n_items (job->what.model);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      job->source = 0;
      return G_SOURCE_REMOVE;
    }
  while (job->position < total && g_async_queue_length (job->batches) < MOST_BATCHES
         && g_get_monotonic_time () < until)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (job->what.model, job->position);

      if (!is_there (job, item))
        break;
      take_row (job, item);
      job->position++;
    }
  if (job->what.progress != NULL)
    job->what.progress (job->position, MAX (total, job->position), job->what.progress_data);
  if (!is_at_end (job))
    return G_SOURCE_CONTINUE;
  if (job->open->cells->len > 0)
    push_open (job);
  push_open (job); /* an empty one: the end */
  job->source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
write_batches (Job            *job,
               SmSheetWriter  *writer,
               GCancellable   *cancellable,
               GError        **error)
{
  guint width = width_of (job);

  while (TRUE)
    {
      Batch *batch = g_async_queue_timeout_pop (job->batches, 100 * G_TIME_SPAN_MILLISECOND);
      gboolean is_last = batch != NULL && batch->cells->len == 0;
      gboolean is_good = !g_cancellable_set_error_if_cancelled (cancellable, error);

      for (guint i = 0; is_good && batch != NULL && i + width <= batch->cells->len; i += width)
        is_good = sm_sheet_writer_row (writer, &g_array_index (batch->cells, SmSheetCell, i), width,
                                       error);
      g_clear_pointer (&batch, batch_free);
      if (!is_good || is_last)
        return is_good;
    }
}

/* An output that is closed after a cancellation leaves the old file alone; a file
 * that was not there is begun in its place, and has to go again. */
static gboolean
write_file (Job           *job,
            GCancellable  *cancellable,
            GError       **error)
{
  gboolean is_new = !g_file_query_exists (job->what.file, NULL);
  g_autoptr (GFileOutputStream) file
      = g_file_replace (job->what.file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable,
                        error);
  g_autoptr (GOutputStream) stream
      = file != NULL ? g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (file), 1 << 16) : NULL;
  g_autoptr (SmSheetWriter) writer
      = file != NULL ? sm_sheet_writer_new (job->what.format, stream, job->what.title) : NULL;
  g_autoptr (GCancellable) given_up = g_cancellable_new ();

  if (file == NULL)
    return FALSE;
  if (write_batches (job, writer, cancellable, error) && sm_sheet_writer_finish (writer, error))
    return g_output_stream_close (stream, NULL, error);
  g_cancellable_cancel (given_up);
  g_output_stream_close (stream, given_up, NULL);
  if (is_new)
    g_file_delete (job->what.file, NULL, NULL);
  return FALSE;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (write_file (job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  guint rows = job->position;

  g_clear_handle_id (&job->source, g_source_remove);
  hold (job, FALSE);
  g_clear_object (&job->what.model); /* here: the thread may be the last to let go of the job */
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_int (task, (gssize) rows);
  else
    g_task_return_error (task, error);
}

/**
 * sm_table_export_async:
 * @export: its context's data has to live until it is finished; the rest is kept
 *
 * Writes all rows of the model as they are shown: these columns, this order.
 * The file is replaced when all of it is written, and left alone otherwise.
 */
void
sm_table_export_async (const SmTableExport *export,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) thread = g_task_new (NULL, cancellable, written_cb, task);
  Job *job = job_new (export);

  g_task_set_source_tag (task, sm_table_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_check_cancellable (thread, FALSE);
  g_task_set_task_data (thread, job, job_free);
  hold (job, TRUE);
  take_head (job);
  job->source = g_timeout_add (SLICE_EVERY_MS, take_slice_cb, thread);
  g_task_run_in_thread (thread, write_thread);
}

/** sm_table_export_finish: @out_rows: (out): how many were written, without the head */
gboolean
sm_table_export_finish (GAsyncResult  *result,
                        guint         *out_rows,
                        GError       **error)
{
  gssize rows = g_task_propagate_int (G_TASK (result), error);

  if (rows < 0)
    return FALSE;
  if (out_rows != NULL)
    *out_rows = (guint) rows;
  return TRUE;
}
