/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-photos.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-photo-file.h"
#include "sm-rules-private.h"
#include "sm-work-orders-private.h"

#define MAX_PHOTOS 100

static gboolean
describe (GBytes       *bytes,
          SmWorkPhoto  *photo,
          GError      **error)
{
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *sum = NULL;

  if (size == 0)
    return sm_work_order_refuse ("photo-missing", "There is no photo in the request", error);
  photo->type = sm_photo_file_type (bytes);
  if (photo->type == NULL)
    return sm_work_order_refuse ("photo-unknown-format", "This is neither a JPEG nor a PNG", error);
  sum = sm_photo_file_sum (bytes);
  g_strlcpy (photo->sha256, sum, sizeof photo->sha256);
  photo->size = (gint64) size;
  return TRUE;
}

/**
 * sm_work_photos_keep:
 * @out_photo: with what it says that it is, and whether it was kept: nobody fills the disk
 *   who may not, or whose order is none; that is refused by the act, which the audit is told
 *
 * Writes the file before the order says that it is there.
 */
gboolean
sm_work_photos_keep (SmReader     *reader,
                     SmActor      *actor,
                     gint64        work_order_id,
                     GBytes       *bytes,
                     SmWorkPhoto  *out_photo,
                     GError      **error)
{
  g_autoptr (SmRow) order = NULL;

  *out_photo = (SmWorkPhoto){ 0 };
  if (sm_actor_may (actor, sm_work_order_permission (SM_WORK_ORDER_PHOTO)))
    order = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_WORK_ORDER), work_order_id, NULL);
  if (order == NULL)
    return TRUE;
  if (!describe (bytes, out_photo, error))
    return FALSE;
  out_photo->is_kept
      = sm_work_order_happens (order, SM_WORK_ORDER_PHOTO, sm_rules_now (reader->rules), NULL);
  return !out_photo->is_kept
         || sm_photo_file_save (reader->rules->photo_folder, out_photo->sha256, bytes, error);
}

/** sm_work_photo_find: Whether the order has it already: it was sent again with another key. */
gboolean
sm_work_photo_find (SmRules            *rules,
                    gint64              work_order_id,
                    const SmWorkPhoto  *photo,
                    gboolean           *out_is_there,
                    GError            **error)
{
  g_autoptr (GPtrArray) photos = sm_work_order_table_list_photos (
      sm_rules_get_connection (rules), work_order_id, photo->sha256, 1, error);

  *out_is_there = photos != NULL && photos->len > 0;
  return photos != NULL;
}

/** sm_work_photo_add: That it is of @order, in the transaction that runs. */
gboolean
sm_work_photo_add (const SmVerb          *verb,
                   const SmWorkOrderAct  *said,
                   SmRow                 *order,
                   gint64                *out_id,
                   GError               **error)
{
  const SmWorkPhoto *photo = said->photo;
  gint64 n = sm_row_get_int (order, SM_WORK_ORDER_PHOTOS);
  SmWorkOrderPhoto row = {
    .work_order_id = verb->id,
    .at = sm_rules_now (verb->rules),
    .claimed_at = said->claimed_at,
    .person = verb->actor->name,
    .sha256 = (char *) photo->sha256,
    .type = (char *) photo->type,
    .size = photo->size,
  };

  if (n >= MAX_PHOTOS)
    return sm_work_order_refuse ("photos-too-many", "The order has as many photos as it may", error);
  /* What was refused when the bytes were here is allowed since: they are gone. */
  if (!photo->is_kept)
    return sm_work_order_refuse ("photo-missing", "The photo has to be sent again", error);
  sm_row_set_int (order, SM_WORK_ORDER_PHOTOS, n + 1);
  return sm_work_order_table_add_photo (sm_rules_get_connection (verb->rules), &row, out_id, error);
}

static GPtrArray *
list (SmReader    *reader,
      SmActor     *actor,
      gint64       work_order_id,
      const char  *sha256,
      GError     **error)
{
  g_autoptr (SmRow) order = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_WORK_ORDER),
                                              work_order_id, error);

  return order == NULL
             ? NULL
             : sm_work_order_table_list_photos (sm_service_db_get_connection (reader->db),
                                                work_order_id, sha256, MAX_PHOTOS, error);
}

/** sm_work_photos_list: Returns: (transfer full) (nullable): of SmWorkOrderPhoto, oldest first */
GPtrArray *
sm_work_photos_list (SmReader  *reader,
                     SmActor   *actor,
                     gint64     work_order_id,
                     GError   **error)
{
  return list (reader, actor, work_order_id, NULL, error);
}

/**
 * sm_work_photos_load:
 * @sha256: of one that is of the order; of another's it says nothing
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
sm_work_photos_load (SmReader     *reader,
                     SmActor      *actor,
                     gint64        work_order_id,
                     const char   *sha256,
                     const char  **out_type,
                     GError      **error)
{
  g_autoptr (GPtrArray) photos = list (reader, actor, work_order_id, sha256, error);
  g_autoptr (GBytes) bytes = NULL;
  const SmWorkOrderPhoto *photo;

  if (photos == NULL)
    return NULL;
  if (photos->len == 0)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "The order has no such photo");
      return NULL;
    }
  photo = photos->pdata[0];
  /* The name of the file is what the row says, never what was asked for. */
  bytes = sm_photo_file_load (reader->rules->photo_folder, photo->sha256, error);
  if (bytes != NULL)
    *out_type = sm_photo_file_type (bytes);
  if (bytes == NULL || *out_type != NULL)
    return g_steal_pointer (&bytes);
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-corrupt", "A photo is none any more");
  return NULL;
}

/* --- files that nobody speaks of --- */

static gboolean
is_orphan (SmReader   *reader,
           const char *name)
{
  gboolean has = TRUE;

  return sm_photo_file_is_sum (name)
         && sm_work_order_table_has_photo (sm_service_db_get_connection (reader->db), name, &has,
                                           NULL)
         && !has;
}

/**
 * sm_work_photos_sweep:
 * @now_us: by the clock of this machine
 *
 * Takes away what somebody sent who was refused in the same moment, or whose order has been
 * forgotten since.  For a month after an older database was put in this one's place, or a new
 * one was begun, what was there before stays: the database that knows it may come yet.
 *
 * Returns: how many were taken away
 */
guint
sm_work_photos_sweep (SmReader     *reader,
                      gint64        now_us,
                      GCancellable *cancellable)
{
  const char *folder = reader->rules->photo_folder;
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  gint64 replaced_us = reader->rules->replaced_us;
  gint64 from_us = now_us < replaced_us + SM_WORK_PHOTOS_SPARED_US ? replaced_us : 0;
  const char *name;
  guint n = 0;

  while (files != NULL && !g_cancellable_is_cancelled (cancellable)
         && (name = g_dir_read_name (files)) != NULL)
    if (is_orphan (reader, name))
      n += sm_photo_file_remove (folder, name, from_us, now_us - SM_WORK_PHOTOS_ORPHAN_US);
  if (n > 0)
    g_message ("Photos that no order speaks of were taken away: %u", n);
  return n;
}

static gpointer
sweep (SmReader      *reader,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  sm_work_photos_sweep (reader, g_get_real_time (), cancellable);
  return GINT_TO_POINTER (TRUE);
}

/** sm_work_photos_sweep_async: In a thread where nobody waits behind it. */
void
sm_work_photos_sweep_async (SmRules *rules)
{
  sm_rules_read_long_async (rules, sweep, NULL, NULL, NULL, NULL, NULL, NULL);
}
