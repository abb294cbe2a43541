/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-truth.h"

#include "sm-cache-reader.h"
#include "sm-changes-codec.h"
#include "sm-networks.h"
#include "sm-paths.h"
#include "sm-record-table.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* So many differences are told one by one. */
#define MAX_WORDS 10
#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  gint64 seq;
  guint64 hash; /* of id and seq */
  guint64 checksum;
} Record;

struct _SmTestTruth
{
  char *cursor; /* (nullable): a cache that is not whole has none */
  GHashTable *records[SM_N_NOUNS]; /* id -> Record */
  SmTestTruthKind kinds[SM_N_NOUNS];
};

static guint64
mix (guint64       hash,
     gconstpointer data,
     gsize         length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static guint64
mix_field (guint64       hash,
           const SmRow  *row,
           guint         i)
{
  const SmField *field = &sm_row_get_noun (row)->fields[i];
  gint64 number;
  double real;

  hash = mix (hash, &i, sizeof i);
  if (sm_row_is_null (row, i))
    return hash;
  if (sm_kind_is_text (field->kind))
    return mix (hash, sm_row_get_text (row, i), strlen (sm_row_get_text (row, i)) + 1);
  if (field->kind == SM_KIND_REAL)
    {
      real = sm_row_get_real (row, i);
      return mix (hash, &real, sizeof real);
    }
  number = sm_row_get_int (row, i);
  return mix (hash, &number, sizeof number);
}

static guint64
checksum (const SmRow *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD)
      hash = mix_field (hash, row, i);
  return hash;
}

static SmTestTruth *
truth_new (void)
{
  SmTestTruth *self = g_new0 (SmTestTruth, 1);

  for (guint i = 0; i < SM_N_NOUNS; i++)
    self->records[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
sm_test_truth_free (SmTestTruth *self)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    g_hash_table_unref (self->records[i]);
  g_free (self->cursor);
  g_free (self);
}

static void
truth_set (SmTestTruth  *self,
           SmNounId      noun,
           gint64        id,
           const Record *record)
{
  const Record *before = g_hash_table_lookup (self->records[noun], &id);

  if (before != NULL) /* it changed while the pages were read */
    self->kinds[noun].sum -= before->hash;
  else
    self->kinds[noun].rows++;
  self->kinds[noun].sum += record->hash;
  g_hash_table_replace (self->records[noun], g_memdup2 (&id, sizeof id),
                        g_memdup2 (record, sizeof *record));
}

static void
truth_add (SmTestTruth *self,
           const SmRow *row)
{
  gint64 id = sm_row_get_id (row), seq = sm_row_get_int (row, SM_ROW_SEQ);
  guint64 hash = mix (mix (G_GUINT64_CONSTANT (14695981039346656037), &id, sizeof id), &seq,
                      sizeof seq);

  truth_set (self, sm_row_get_noun (row)->id, id, &(Record){ seq, hash, checksum (row) });
}

/* Returns: whether there are more pages */
static gboolean
read_page (SmTestTruth   *self,
           SmTestService *service,
           const char    *token)
{
  g_autofree char *since = self->cursor != NULL
                               ? g_uri_escape_string (self->cursor, NULL, FALSE) : g_strdup ("");
  g_autofree char *path = g_strdup_printf ("%s?%s=%s", SM_PATH_CHANGES, SM_QUERY_SINCE, since);
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (service, "GET", path, token, NULL, NULL);
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more;

  g_assert_cmpuint (answer->status, ==, 200);
  reader = sm_json_reader_new_for_data (answer->body, answer->length);
  g_clear_pointer (&self->cursor, g_free);
  changes = sm_changes_read (reader, &self->cursor, &more, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const SmChange *change = g_ptr_array_index (changes, i);

      if (change->row != NULL)
        truth_add (self, change->row);
    }
  return more;
}

/**
 * sm_test_truth_of_service:
 *
 * Reads the snapshot as the person of @token sees it.  Whoever compares has to
 * take care that the network stands still, or look twice.
 */
SmTestTruth *
sm_test_truth_of_service (SmTestService *service,
                          const char    *token)
{
  SmTestTruth *self = truth_new ();

  while (read_page (self, service, token))
    ;
  return self;
}

/** sm_test_truth_follow: Adds what has come or changed since; nothing may have been removed. */
void
sm_test_truth_follow (SmTestTruth   *self,
                      SmTestService *service,
                      const char    *token)
{
  while (read_page (self, service, token))
    ;
}

/* Returns: FALSE when it cannot be read, as one that is damaged */
static gboolean
read_noun (SmTestTruth  *self,
           SmConnection *connection,
           const SmNoun *noun)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (noun->is_history)
    return TRUE; /* only what was looked at is there */
  rows = sm_record_select (connection, noun, FALSE, "ORDER BY r.id", SM_UNKNOWN, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    truth_add (self, g_ptr_array_index (rows, i));
  return rows != NULL;
}

static char *
find_newest (const char *dir)
{
  g_autoptr (GDir) files = g_dir_open (dir, 0, NULL);
  const char *name;
  guint64 newest = 0;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_str_has_prefix (name, "cache-") && g_str_has_suffix (name, ".db"))
      newest = MAX (newest, g_ascii_strtoull (name + strlen ("cache-"), NULL, 10));
  return newest > 0 ? g_strdup_printf ("%s/cache-%" G_GUINT64_FORMAT ".db", dir, newest) : NULL;
}

/**
 * sm_test_truth_of_cache:
 * @cache_dir: what the application was told; it may be running
 *
 * Returns: (transfer full) (nullable): the newest copy; NULL when there is none
 *   that can be read, or it is not whole
 */
SmTestTruth *
sm_test_truth_of_cache (const char *cache_dir,
                        const char *epoch)
{
  g_autofree char *dir = sm_networks_make_dir (cache_dir, epoch);
  g_autofree char *path = find_newest (dir), *whole = NULL;
  gboolean is_read;
  g_autoptr (SmConnection) connection
      = path != NULL ? sm_connection_open (path, SM_OPEN_READ_ONLY, NULL) : NULL;
  g_autoptr (SmTestTruth) self = truth_new ();

  if (connection == NULL || !sm_cache_read_begin (connection, NULL))
    return NULL;
  whole = sm_cache_read_meta (connection, "whole");
  self->cursor = sm_cache_read_meta (connection, "cursor");
  is_read = whole != NULL;
  for (guint i = 0; is_read && i < SM_N_NOUNS; i++)
    is_read = read_noun (self, connection, sm_noun_get (i));
  sm_cache_read_end (connection);
  return is_read ? g_steal_pointer (&self) : NULL;
}

/** sm_test_truth_get_cursor: Returns: (transfer none) (nullable): how far it has come */
const char *
sm_test_truth_get_cursor (SmTestTruth *self)
{
  return self->cursor;
}

const SmTestTruthKind *
sm_test_truth_get_kind (SmTestTruth *self,
                        SmNounId     noun)
{
  return &self->kinds[noun];
}

/** sm_test_truth_dup_ids: Returns: (transfer full): of gint64, in no order */
GArray *
sm_test_truth_dup_ids (SmTestTruth *self,
                       SmNounId     noun)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->records[noun]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  return ids;
}

static void
say (GString    *words,
     guint      *n,
     const char *what,
     SmNounId    noun,
     gint64      id)
{
  if ((*n)++ < MAX_WORDS)
    g_string_append_printf (words, "%s: %s %" G_GINT64_FORMAT "\n", what, sm_noun_get (noun)->name,
                            id);
}

static void
compare_records (GHashTable *ours,
                 GHashTable *theirs,
                 SmNounId    noun,
                 GString    *words,
                 guint      *n)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Record *record = value, *other = g_hash_table_lookup (theirs, id);

      if (other == NULL)
        say (words, n, "missed", noun, *(gint64 *) id);
      else if (other->seq != record->seq)
        say (words, n, other->seq < record->seq ? "old" : "from the future", noun, *(gint64 *) id);
      else if (other->checksum != record->checksum)
        say (words, n, "of other content", noun, *(gint64 *) id);
    }
  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (ours, id))
      say (words, n, "ghost", noun, *(gint64 *) id);
}

/**
 * sm_test_truth_compare:
 * @out_words: (out) (optional): the first differences
 *
 * Returns: how many rows differ
 */
guint
sm_test_truth_compare (SmTestTruth  *service,
                       SmTestTruth  *cache,
                       char        **out_words)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      compare_records (service->records[i], cache->records[i], i, words, &n);
      g_assert_true (n > 0 || (service->kinds[i].rows == cache->kinds[i].rows
                               && service->kinds[i].sum == cache->kinds[i].sum));
    }
  if (out_words != NULL)
    *out_words = g_string_free (g_steal_pointer (&words), FALSE);
  return n;
}

/** sm_test_truth_hide: Rows that @newer has after what @self has come to are none of it. */
void
sm_test_truth_hide (SmTestTruth *self,
                    SmTestTruth *newer)
{
  const char *dot = strrchr (self->cursor, '.');
  gint64 limit = g_ascii_strtoll (dot + 1, NULL, 10);

  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      GHashTableIter iter;
      gpointer id, value;

      g_hash_table_iter_init (&iter, newer->records[i]);
      while (g_hash_table_iter_next (&iter, &id, &value))
        {
          const Record *record = value;

          if (record->seq > limit)
            truth_set (self, i, *(gint64 *) id, record);
        }
    }
}

/** sm_test_truth_dup_epoch: Returns: (transfer full): of the network that answers */
char *
sm_test_truth_dup_epoch (SmTestService *service)
{
  g_autoptr (JsonObject) api = sm_test_service_get (service, "/api", NULL);

  return g_strdup (json_object_get_string_member (api, "epoch"));
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * sm_test_truth_wait_equal:
 *
 * Runs the main context until the application that keeps @cache_dir has
 * everything as the service has it: at most a minute, then the test fails and
 * says what differs.
 */
void
sm_test_truth_wait_equal (SmTestService *service,
                          const char    *token,
                          const char    *cache_dir)
{
  g_autofree char *epoch = sm_test_truth_dup_epoch (service);
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  guint tick = g_timeout_add (50, tick_cb, NULL);

  for (;;)
    {
      g_autoptr (SmTestTruth) ours = sm_test_truth_of_service (service, token);
      g_autoptr (SmTestTruth) theirs = sm_test_truth_of_cache (cache_dir, epoch);
      g_autofree char *words = NULL;

      if (theirs != NULL && sm_test_truth_compare (ours, theirs, &words) == 0)
        break;
      if (g_get_monotonic_time () > until)
        g_error ("the application's copy is not the service's: %s",
                 words != NULL ? words : "there is no whole one");
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}
