/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-feed.h"

#include "sm-error.h"
#include "sm-rules-private.h"

/* Between the epoch and where a snapshot began, in a cursor of a snapshot that
 * is not read to its end. */
#define SNAPSHOT_MARK "-s"

void
sm_feed_page_free (SmFeedPage *self)
{
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self->epoch);
  g_free (self);
}

/* What a role may read decides which nouns there are for it to follow. */
static guint64
readable_nouns (const SmActor *actor)
{
  guint64 nouns = 0;

  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      const SmNoun *noun = sm_noun_get (i);

      if (!noun->is_history && sm_actor_may (actor, sm_noun_read_permission (noun)))
        nouns |= G_GUINT64_CONSTANT (1) << i;
    }
  return nouns;
}

/* Only "reveal", which the audit hears of, shows a driver's phone. */
static SmRow *
mask (const SmActor *actor,
      SmRow         *row)
{
  const char *phone = sm_row_get_noun (row)->id == SM_NOUN_DRIVER
                          ? sm_row_get_text (row, SM_DRIVER_PHONE)
                          : NULL;
  gsize length = phone != NULL ? strlen (phone) : 0;
  SmRow *masked;

  if (phone == NULL || actor->kind == SM_ACTOR_SYSTEM)
    return sm_row_ref (row);
  masked = sm_row_copy (row);
  if (length >= 8 && g_str_is_ascii (phone))
    sm_row_take_text (masked, SM_DRIVER_PHONE,
                      g_strdup_printf ("%.*s****%s", (int) length - 8, phone, phone + length - 4));
  else
    sm_row_set_text (masked, SM_DRIVER_PHONE, "****");
  return masked;
}

static void
mask_rows (const SmActor *actor,
           GPtrArray     *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *masked = mask (actor, rows->pdata[i]);

      sm_row_unref (rows->pdata[i]);
      rows->pdata[i] = masked;
    }
}

static void
mask_changes (const SmActor *actor,
              GPtrArray     *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      SmFeedChange *change = changes->pdata[i];
      SmRow *masked = change->row != NULL ? mask (actor, change->row) : NULL;

      g_clear_pointer (&change->row, sm_row_unref);
      change->row = masked;
    }
}

static void
set_gone (guint64      nouns,
          const char  *why,
          GError     **error)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  g_autoptr (GError) gone = NULL;

  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (nouns & (G_GUINT64_CONSTANT (1) << i))
      g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? "," : "", sm_noun_get (i)->name);
  sm_set_error (&gone, SM_ERROR_GONE, "cursor-gone", "The feed cannot go on from there: %s", why);
  sm_error_set_param (gone, "kinds", kinds->str);
  g_propagate_error (error, g_steal_pointer (&gone));
}

static gint64
get_floor (SmReader *reader)
{
  g_autofree char *floor = sm_service_db_get_meta (reader->db, "tombstone_floor", NULL);

  return floor != NULL ? g_ascii_strtoll (floor, NULL, 10) : 0;
}

/* Since when the reader has been told of everything that went: for a snapshot
 * in progress, since it began, however old the rows are that it has come to. */
static gint64
told_since (const char *epoch,
            gint64      seq)
{
  const char *mark = strstr (epoch, SNAPSHOT_MARK);

  return mark != NULL ? g_ascii_strtoll (mark + strlen (SNAPSHOT_MARK), NULL, 10) : seq;
}

static gboolean
check_cursor (SmReader       *reader,
              const SmActor  *actor,
              const char     *epoch,
              gint64          access_rev,
              gint64          seq,
              guint64         nouns,
              GError        **error)
{
  const char *ours = sm_rules_get_epoch (reader->rules);
  const char *why = NULL;

  if (!g_str_has_prefix (epoch, ours)
      || (epoch[strlen (ours)] != '\0' && !g_str_has_prefix (epoch + strlen (ours), SNAPSHOT_MARK)))
    why = "it is of another life of the database";
  else if (access_rev != actor->access_rev)
    why = "the person's rights have changed";
  else if (seq > sm_service_db_get_seq (reader->db))
    why = "it is from the future";
  else if (told_since (epoch, seq) < get_floor (reader))
    why = "what was deleted since is forgotten";
  if (why == NULL)
    return TRUE;
  set_gone (nouns, why, error);
  return FALSE;
}

static SmFeedPage *
read_page (SmReader       *reader,
           const SmActor  *actor,
           const char     *epoch,
           gint64          seq,
           guint64         nouns,
           guint           limit,
           GError        **error)
{
  g_autoptr (SmFeedPage) page = g_new0 (SmFeedPage, 1);
  const char *ours = sm_rules_get_epoch (reader->rules);
  gint64 newest = sm_service_db_get_seq (reader->db);
  gboolean is_snapshot = epoch == NULL || seq == 0 || strstr (epoch, SNAPSHOT_MARK) != NULL;

  page->changes = sm_service_read_changes (sm_service_db_get_connection (reader->db), actor->scope,
                                           nouns, seq, seq > 0, limit, &page->more, error);
  if (page->changes == NULL)
    return NULL;
  mask_changes (actor, page->changes);
  page->access_rev = actor->access_rev;
  page->seq = newest;
  if (page->more)
    page->seq = ((SmFeedChange *) page->changes->pdata[page->changes->len - 1])->seq;
  if (page->more && is_snapshot)
    page->epoch = g_strdup_printf ("%s" SNAPSHOT_MARK "%" G_GINT64_FORMAT, ours,
                                   epoch != NULL && seq > 0 ? told_since (epoch, seq) : newest);
  else
    page->epoch = g_strdup (ours);
  return g_steal_pointer (&page);
}

/**
 * sm_feed_read_changes:
 * @epoch: (nullable): the parts of the cursor; NULL for a snapshot
 * @nouns: a bit, 1 << SmNounId, for each that is wanted
 * @limit: at most %SM_FEED_MAX_CHANGES
 *
 * Returns: (transfer full) (nullable): what @actor may see of the changes after
 *   the cursor; NULL with %SM_ERROR_GONE when the feed cannot go on from there
 */
SmFeedPage *
sm_feed_read_changes (SmReader    *reader,
                      SmActor     *actor,
                      const char  *epoch,
                      gint64       access_rev,
                      gint64       seq,
                      guint64      nouns,
                      guint        limit,
                      GError     **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  SmFeedPage *page = NULL;

  nouns &= readable_nouns (actor);
  limit = CLAMP (limit, 1, SM_FEED_MAX_CHANGES);
  if (epoch == NULL)
    seq = 0;
  /* One view of the database for the number and for all the tables. */
  if (!sm_connection_exec (connection, "BEGIN", error))
    return NULL;
  if (sm_service_db_reload_seq (reader->db, error)
      && (epoch == NULL
          || check_cursor (reader, actor, epoch, access_rev, seq, nouns, error)))
    page = read_page (reader, actor, epoch, seq, nouns, limit, error);
  sm_connection_rollback (connection);
  return page;
}

/** sm_feed_read_row: Returns: (transfer full) (nullable): a record; NULL with %SM_ERROR_NOT_FOUND */
SmRow *
sm_feed_read_row (SmReader      *reader,
                  SmActor       *actor,
                  const SmNoun  *noun,
                  gint64         id,
                  GError       **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (readable_nouns (actor) & (G_GUINT64_CONSTANT (1) << noun->id))
    {
      rows = sm_service_list (sm_service_db_get_connection (reader->db), noun, actor->scope, -1,
                              NULL, id - 1, 1, error);
      if (rows == NULL)
        return NULL;
    }
  if (rows != NULL && rows->len == 1 && sm_row_get_id (rows->pdata[0]) == id)
    return mask (actor, rows->pdata[0]);
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no %s %" G_GINT64_FORMAT,
                noun->name, id);
  return NULL;
}

/**
 * sm_feed_read_rows:
 * @filter_field: a field that has an index, or -1
 * @after_id: the last id of the page before, or 0
 *
 * Returns: (transfer full) (nullable): at most @limit records by rising id
 */
GPtrArray *
sm_feed_read_rows (SmReader      *reader,
                   SmActor       *actor,
                   const SmNoun  *noun,
                   int            filter_field,
                   const char    *filter_value,
                   gint64         after_id,
                   guint          limit,
                   gboolean      *out_more,
                   GError       **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (filter_field >= 0 && !sm_service_has_index (noun, (guint) filter_field))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "bad-filter", "There is no filter by %s",
                    noun->fields[filter_field].name);
      return NULL;
    }
  if (!(readable_nouns (actor) & (G_GUINT64_CONSTANT (1) << noun->id)))
    limit = 0;
  limit = MIN (limit, SM_FEED_MAX_CHANGES);
  rows = sm_service_list (sm_service_db_get_connection (reader->db), noun, actor->scope,
                          filter_field, filter_value, after_id, limit > 0 ? limit + 1 : 0, error);
  if (rows == NULL)
    return NULL;
  *out_more = rows->len > limit;
  if (*out_more)
    g_ptr_array_set_size (rows, (int) limit);
  mask_rows (actor, rows);
  return g_steal_pointer (&rows);
}

/** sm_feed_has_changes: Whether anything at all came after @seq; any thread. */
gboolean
sm_feed_has_changes (SmRules *rules,
                     gint64   seq)
{
  return sm_rules_get_seq (rules) != seq;
}

/**
 * sm_feed_read_live_vehicles:
 * @since_tick: what came after it; 0, or a tick that is still to come: all
 *
 * Returns: (transfer full): the vehicles that @actor may see
 */
SmVehicleBatch *
sm_feed_read_live_vehicles (SmRules *rules,
                            SmActor *actor,
                            gint64   since_tick)
{
  g_autoptr (SmScope) none = sm_scope_new (SM_SCOPE_FLEETS, NULL, 0);

  return sm_live_read_vehicles (rules->live,
                                sm_actor_may (actor, "vehicle.read") ? actor->scope : none,
                                since_tick);
}

/** sm_feed_read_live_rows: Returns: (transfer full): the same of another noun, as SmRow */
GPtrArray *
sm_feed_read_live_rows (SmRules       *rules,
                        SmActor       *actor,
                        const SmNoun  *noun,
                        gint64         since_tick,
                        gint64        *out_tick)
{
  g_autoptr (SmScope) none = sm_scope_new (SM_SCOPE_FLEETS, NULL, 0);

  return sm_live_read_rows (rules->live, noun,
                            sm_actor_may (actor, sm_noun_read_permission (noun)) ? actor->scope : none,
                            since_tick, out_tick);
}

/**
 * sm_feed_read_live_row:
 *
 * Returns: (transfer full) (nullable): all live fields of one thing, as they
 *   are now; NULL with %SM_ERROR_NOT_FOUND when @actor sees no such thing
 */
SmRow *
sm_feed_read_live_row (SmReader      *reader,
                       SmActor       *actor,
                       const SmNoun  *noun,
                       gint64         id,
                       GError       **error)
{
  g_autoptr (SmRow) record = sm_feed_read_row (reader, actor, noun, id, error);
  SmRules *rules = reader->rules;
  SmRow *row = NULL;

  if (record == NULL)
    return NULL;
  sm_live_lock (rules->live);
  if (noun->id == SM_NOUN_VEHICLE && sm_live_find_id (rules->live, id) >= 0)
    row = sm_live_vehicle_to_row (
        sm_live_get_vehicle (rules->live, (guint) sm_live_find_id (rules->live, id)));
  else if (sm_live_find_row (rules->live, noun, id) != NULL)
    row = sm_row_copy (sm_live_find_row (rules->live, noun, id)->row);
  if (row == NULL)
    {
      row = sm_row_new (noun);
      sm_row_set_int (row, SM_ROW_ID, id);
    }
  if (noun->id == SM_NOUN_BATTERY)
    sm_packs_fill (rules->packs, row);
  sm_live_unlock (rules->live);
  return row;
}
