/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-desks.h"

#include "sm-error.h"
#include "sm-json-writer.h"
#include "sm-paper.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

#include <string.h>

#define MAX_SITTERS 10000

static gpointer
read_desk (SmResponse  *response,
           GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_DESK, error);
}

static gpointer
read_entry (SmResponse  *response,
            GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_ROSTER_ENTRY, error);
}

static gpointer
read_handover (SmResponse  *response,
               GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_HANDOVER, error);
}

static gpointer
read_inspection (SmResponse  *response,
                 GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_INSPECTION, error);
}

static gpointer
read_incident (SmResponse  *response,
               GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_SAFETY_INCIDENT, error);
}

static gpointer
read_certificate (SmResponse  *response,
                  GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_CERTIFICATE, error);
}

static gpointer
read_contact (SmResponse  *response,
              GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_CONTACT, error);
}

static gpointer
read_problem (SmResponse  *response,
              GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_PROBLEM_RECORD, error);
}

static gpointer
read_complaint (SmResponse  *response,
                GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_COMPLAINT, error);
}

static gpointer
read_part (SmResponse  *response,
           GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_PART, error);
}

static const struct
{
  SmNounId noun;
  SmSyncAnswerFunc read;
} readers[] = {
  { SM_NOUN_DESK, read_desk },
  { SM_NOUN_ROSTER_ENTRY, read_entry },
  { SM_NOUN_HANDOVER, read_handover },
  { SM_NOUN_INSPECTION, read_inspection },
  { SM_NOUN_SAFETY_INCIDENT, read_incident },
  { SM_NOUN_CERTIFICATE, read_certificate },
  { SM_NOUN_CONTACT, read_contact },
  { SM_NOUN_PROBLEM_RECORD, read_problem },
  { SM_NOUN_COMPLAINT, read_complaint },
  { SM_NOUN_PART, read_part },
};

static SmSyncAnswerFunc
find_reader (SmNounId noun)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (readers[i].noun == noun)
      return readers[i].read;
  g_return_val_if_reached (read_desk);
}

static void
take_text (SmJsonReader  *reader,
           char         **out)
{
  const char *text = sm_json_reader_read_text (reader, NULL);

  g_free (*out);
  *out = g_strdup (text != NULL ? text : "");
}

static SmSitter *
read_sitter (SmJsonReader *reader)
{
  SmSitter *sitter = g_new0 (SmSitter, 1);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "name"))
      take_text (reader, &sitter->name);
    else if (g_str_equal (name, "display_name"))
      take_text (reader, &sitter->display_name);
    else if (g_str_equal (name, "role"))
      take_text (reader, &sitter->role);
    else
      sm_json_reader_skip_value (reader);
  return sitter;
}

static gpointer
read_sitters (SmResponse  *response,
              GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GPtrArray) sitters
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_sitter_free);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (!g_str_equal (name, "items"))
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        {
          SmSitter *sitter = sitters->len < MAX_SITTERS ? read_sitter (reader) : NULL;

          if (sitter == NULL)
            {
              sm_set_error (error, SM_ERROR_TOO_LARGE, "answer-too-large", "a list without an end");
              return NULL;
            }
          g_ptr_array_add (sitters, sitter);
        }
    }
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&sitters);
}

/** sm_sync_ask_sitters_async: Ends with a GPtrArray of SmSitter: who may sit at desks. */
void
sm_sync_ask_sitters_async (SmSync              *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  sm_sync_ask_other (self, "GET", g_strdup (SM_PATH_SITTERS), NULL, read_sitters,
                     (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/* What a form asks for is said whole: an address that somebody took out has to go. */
static gboolean
is_of_paper (SmNounId noun,
             guint    field)
{
  const SmPaper *paper = sm_paper_get (noun);

  for (guint i = 0; paper != NULL && i < paper->n_fields; i++)
    if (paper->fields[i].field == field)
      return paper->fields[i].is_changeable;
  return FALSE;
}

/* What a desk looks after is changed as a whole: nothing there is everything. */
static gboolean
is_said (const SmSyncDeskAct *act,
         guint                field)
{
  return !sm_row_is_null (act->wanted, field)
         || (act->base_seq != 0 && act->noun == SM_NOUN_DESK && field >= SM_DESK_AREA_IDS
             && field <= SM_DESK_COVER_DESK_ID)
         || (act->base_seq != 0 && is_of_paper (act->noun, field));
}

static char *
write_body (const SmSyncDeskAct *act)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  const SmNoun *noun = act->wanted != NULL ? sm_row_get_noun (act->wanted) : NULL;

  sm_json_writer_begin_object (writer);
  for (guint i = SM_ROW_N_COMMON; noun != NULL && i < noun->n_fields; i++)
    if (is_said (act, i))
      {
        sm_json_writer_name (writer, noun->fields[i].name);
        sm_row_write_field (writer, act->wanted, i);
      }
  if (act->text != NULL)
    {
      sm_json_writer_name (writer, act->text_as);
      sm_json_writer_text (writer, act->text);
    }
  if (act->seen_seq != SM_UNKNOWN)
    {
      sm_json_writer_name (writer, "seen_seq");
      sm_json_writer_int (writer, act->seen_seq);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/** sm_sync_desk_act_async: Ends with the SmRow after it. */
void
sm_sync_desk_act_async (SmSync               *self,
                        const SmSyncDeskAct  *act,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  const char *plural = sm_noun_get (act->noun)->plural;
  char *path = act->id == 0
                   ? g_strdup_printf (SM_PATH_BASE "/%s", plural)
                   : g_strdup_printf (SM_PATH_BASE "/%s/%" G_GINT64_FORMAT "%s", plural, act->id,
                                      act->verb != NULL ? act->verb : "");
  SmSyncAnswerFunc func = find_reader (act->noun);

  if (act->base_seq != 0)
    sm_sync_ask_change (self, path, write_body (act), act->base_seq, func,
                        (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
  else
    sm_sync_ask_other (self, "POST", path, write_body (act), func, (GDestroyNotify) sm_row_unref,
                       cancellable, callback, user_data);
}

/** sm_sync_desks_finish: Returns: (transfer full) (nullable): what was asked for */
gpointer
sm_sync_desks_finish (GAsyncResult  *result,
                      GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
