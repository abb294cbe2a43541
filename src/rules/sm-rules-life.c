/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-rules"
#include "config.h"

#include "sm-rules-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sm-error.h"

/* Every life of the service on its database is one more than the last.  What a
 * database says about itself is held against the mark beside it: when it is not
 * what others were told, it gets a new epoch, and they read all of it again. */

#define LIFE "life"
#define REPLACED "replaced"

/* Pieces of memory have nothing beside them. */
static gboolean
is_file (const char *path)
{
  return !g_str_has_prefix (path, "file:") && strcmp (path, ":memory:") != 0;
}

static gint64
get_life (SmRules *self)
{
  g_autofree char *text = sm_service_db_get_meta (self->db, LIFE, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
set_life (SmRules  *self,
          gint64    life,
          GError  **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, life);

  return sm_service_db_set_meta (self->db, LIFE, text, error);
}

/* @mark was read before the database's own number: while others write, it is
 * never ahead.  Returns: (nullable): why this is not what others were told */
static const char *
find_reason (SmRules           *self,
             const SmMarkState *mark)
{
  g_autofree char *epoch = sm_service_db_get_meta (self->db, "epoch", NULL);

  if (sm_service_db_is_copy (self->db))
    return "it is a backup that was put in its place";
  /* Before the first life there was no mark. */
  if (mark == NULL)
    return get_life (self) > 0 ? "it was brought here without its mark" : NULL;
  if (g_strcmp0 (epoch, mark->epoch) != 0)
    return "another database was here before";
  if (get_life (self) < mark->life || sm_service_db_get_seq (self->db) < mark->seq)
    return "it is older than what was here before";
  return NULL;
}

/* Who puts a whole folder back puts its mark back with it: only a mark that lies
 * elsewhere knows better.  One of another epoch says nothing of this one. */
static const char *
find_far_reason (SmRules    *self,
                 const char *far_path)
{
  g_autofree char *epoch = sm_service_db_get_meta (self->db, "epoch", NULL);
  SmMarkState mark = { .life = 0 };
  gboolean found;

  if (far_path == NULL || !sm_mark_read (far_path, &mark, &found, NULL) || !found
      || g_strcmp0 (epoch, mark.epoch) != 0
      || (get_life (self) >= mark.life && sm_service_db_get_seq (self->db) >= mark.seq))
    return NULL;
  return "it is older than what this machine remembers of it";
}

static gboolean
renew (SmRules     *self,
       const char  *path,
       const char  *reason,
       GError     **error)
{
  g_autofree char *epoch = NULL;

  if (!sm_service_db_renew (self->db, path, error))
    return FALSE;
  epoch = sm_service_db_get_meta (self->db, "epoch", NULL);
  g_message ("%s begins a new epoch, %s, because %s: everybody reads all of it again", path, epoch,
             reason);
  return TRUE;
}

/* A disk that is full is no reason not to serve: this life is then told from
 * the last by its changes only. */
static gboolean
begin_mark (SmRules     *self,
            const char  *mark_path,
            const char  *far_path,
            GError     **error)
{
  g_autofree char *epoch = sm_service_db_get_meta (self->db, "epoch", error);
  SmMarkState state = { .seq = sm_service_db_get_seq (self->db), .life = get_life (self) };
  g_autoptr (GError) problem = NULL;

  if (epoch == NULL)
    return FALSE;
  if (set_life (self, state.life + 1, &problem))
    state.life++;
  g_strlcpy (state.epoch, epoch, sizeof state.epoch);
  if (problem == NULL)
    self->mark = sm_mark_begin (mark_path, &state, &problem);
  if (far_path != NULL && problem == NULL)
    self->far_mark = sm_mark_begin (far_path, &state, &problem);
  if (problem != NULL)
    {
      g_message ("How far the network has come cannot be noted: %s", problem->message);
      if (self->mark == NULL)
        self->mark = sm_mark_join (mark_path);
    }
  return TRUE;
}

static gboolean
has_photos (SmRules *self)
{
  return g_file_test (self->photo_folder, G_FILE_TEST_IS_DIR);
}

/* What was written since then is not in a database that is put back: the photos of its orders
 * look as if they were nobody's. */
static void
note_replaced (SmRules  *self,
               gboolean  is_other)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;

  if (!is_other)
    {
      text = sm_service_db_get_meta (self->db, REPLACED, NULL);
      self->replaced_us = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
      return;
    }
  self->replaced_us = g_get_real_time ();
  text = g_strdup_printf ("%" G_GINT64_FORMAT, self->replaced_us);
  if (!sm_service_db_set_meta (self->db, REPLACED, text, &problem))
    g_message ("When another database was put here cannot be noted: %s", problem->message);
}

static guint64
find_file_number (const char *path)
{
  struct stat info;

  return g_stat (path, &info) == 0 ? (guint64) info.st_ino : 0;
}

/**
 * sm_rules_is_in_place:
 *
 * Somebody may have put another file in the database's place: what is written to
 * the one that we have open would be gone at our end.
 */
gboolean
sm_rules_is_in_place (SmRules  *self,
                      GError  **error)
{
  if (self->path == NULL || find_file_number (self->path) == self->file_number)
    return TRUE;
  sm_set_error (error, SM_ERROR_IO, "storage-failed",
                "%s was replaced or taken away while the service ran: nothing is saved until it is "
                "started again", self->path);
  return FALSE;
}

/**
 * sm_rules_begin_life:
 * @options: of a service; else of a visitor, who leaves it to the service to begin a new epoch
 * @is_new: there was no database
 */
gboolean
sm_rules_begin_life (SmRules               *self,
                     const SmRulesOptions  *options,
                     gboolean               is_new,
                     GError               **error)
{
  const char *path = options->path;
  g_autofree char *mark_path = g_strconcat (path, "-mark", NULL);
  SmMarkState mark = { .life = 0 };
  gboolean has_mark;
  const char *reason;

  if (!is_file (path))
    return TRUE;
  if (!sm_mark_read (mark_path, &mark, &has_mark, error))
    return FALSE;
  self->was_closed = !has_mark || mark.is_closed;
  if (!sm_service_db_reload_seq (self->db, error))
    return FALSE;
  reason = is_new ? NULL : find_reason (self, has_mark ? &mark : NULL);
  if (options->is_service)
    {
      if (reason == NULL && !is_new)
        reason = find_far_reason (self, options->far_mark);
      self->path = g_strdup (path);
      self->file_number = find_file_number (path);
      /* A life that was killed left its WAL; many of them would fill a small disk. */
      sm_connection_exec (sm_rules_get_connection (self), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
      if (reason != NULL && !renew (self, path, reason, error))
        return FALSE;
      note_replaced (self, reason != NULL || (is_new && has_photos (self)));
      return begin_mark (self, mark_path, options->far_mark, error);
    }
  /* What a visitor writes must not make it look as new as it was. */
  if (reason != NULL)
    return sm_service_db_is_copy (self->db) || sm_service_db_set_copy (self->db, error);
  self->mark = sm_mark_join (mark_path);
  return TRUE;
}

/* --- memos: from one life to the next --- */

/**
 * sm_rules_get_memo:
 * @name: as in "demo"
 *
 * In the writer's thread.
 *
 * Returns: (transfer full) (nullable): what somebody noted about the network
 */
char *
sm_rules_get_memo (SmRules     *self,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *key = g_strconcat ("memo-", name, NULL);

  return sm_service_db_get_meta (self->db, key, error);
}

/** sm_rules_set_memo: In the writer's thread. */
gboolean
sm_rules_set_memo (SmRules     *self,
                   const char  *name,
                   const char  *value,
                   GError     **error)
{
  g_autofree char *key = g_strconcat ("memo-", name, NULL);

  return sm_service_db_set_meta (self->db, key, value, error);
}

static gboolean
note_one (SmRules      *rules,
          const SmRow  *row,
          gpointer      user_data,
          GError      **error)
{
  *(gboolean *) user_data = TRUE;
  return FALSE;
}

/* Whoever may sign in can be there before anything else is. */
static gboolean
has_network (SmRules *self)
{
  gboolean has_any = FALSE;

  sm_rules_each (self, SM_NOUN_STATION, note_one, &has_any, NULL);
  if (!has_any)
    sm_rules_each (self, SM_NOUN_VEHICLE, note_one, &has_any, NULL);
  return has_any;
}

/**
 * sm_rules_check_drill:
 * @options: of a service; visitors may look at either
 *
 * What was drilled must never be taken for what happened, nor the other way
 * round: a database is of one kind from its first day to its last.
 */
gboolean
sm_rules_check_drill (SmRules               *self,
                      const SmRulesOptions  *options,
                      GError               **error)
{
  g_autofree char *noted = NULL;

  if (!options->is_service)
    return TRUE;
  noted = sm_rules_get_memo (self, "drill", NULL);
  if (noted == NULL && options->drill != NULL && !has_network (self))
    return sm_rules_set_memo (self, "drill", options->drill, error);
  if (noted != NULL && options->drill == NULL)
    sm_set_error (error, SM_ERROR_INVALID, "database-of-drill",
                  "%s is the database of a drill (%s); say --drill FILE.json, or name another "
                  "database", options->path, noted);
  else if (noted == NULL && options->drill != NULL)
    sm_set_error (error, SM_ERROR_INVALID, "database-not-of-drill",
                  "%s is not the database of a drill, and none is played on it; name one that is "
                  "not there yet", options->path);
  return (noted != NULL) == (options->drill != NULL);
}
