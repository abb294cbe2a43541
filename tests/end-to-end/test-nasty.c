/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ops.h"
#include "sm-service-db.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-time.h"

#include <glib/gstdio.h>
#include <string.h>

/* A8: whatever stands in a text field comes out as it went in: through the
 * service's database, the feed, the streaming reader, the application's cache
 * and out of it.  For every text field of every noun, by the field tables. */

static const char *const nasty[] = {
  "'; DROP TABLE station; --",
  "\" OR 1=1 --",
  "=HYPERLINK(\"http://example.invalid\",\"x\")",
  "<b>bold</b> &amp; <a href=\"x\">y</a> %s %n",
  "\342\200\256evil\342\200\254 \342\201\246iso\342\201\251", /* bidi */
  "\331\205\330\255\330\267\330\251",                         /* Arabic */
  "\360\237\232\232\360\237\224\213\360\240\200\213",         /* beyond the BMP */
  "a\tb\nc\rd\\e/f\b\f\177",
  "\001\037",
  "{\"en\":\"not a name\"}",
  "",
  " leading and trailing ",
  NULL, /* the long one, made below */
};

static char *
text_of (guint which)
{
  GString *text;

  which %= G_N_ELEMENTS (nasty);
  if (nasty[which] != NULL)
    return g_strdup (nasty[which]);
  text = g_string_new (NULL);
  while (text->len < 30000)
    g_string_append (text, "\351\225\277\344\270\262 ");
  return g_string_free (text, FALSE);
}

/* Nobody is shown a driver's number but by asking for it. */
static gboolean
is_masked (const SmNoun *noun,
           guint         field)
{
  return noun->id == SM_NOUN_DRIVER && field == SM_DRIVER_PHONE;
}

/* A row with something in every field; other rows of the noun get other texts. */
static SmRow *
make_row (const SmNoun *noun,
          guint         round)
{
  SmRow *row = sm_row_new (noun);

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];
      g_autofree char *text = text_of (i + round);

      if (field->klass != SM_RECORD)
        continue;
      if (field->flags & SM_FIELD_UNIQUE)
        sm_row_take_text (row, i, g_strdup_printf ("%s#%u", text, round));
      else if (field->kind == SM_KIND_NAME)
        sm_row_take_text (row, i, sm_name_new (text, text));
      else if (sm_kind_is_text (field->kind))
        sm_row_set_text (row, i, text);
      else if (field->kind == SM_KIND_REAL)
        sm_row_set_real (row, i, 0.5 + round);
      else
        sm_row_set_int (row, i, 1 + (field->kind == SM_KIND_BOOL ? 0 : round));
    }
  if (noun->id == SM_NOUN_LIMIT || noun->id == SM_NOUN_ALARM)
    sm_row_set_int (row, noun->id == SM_NOUN_LIMIT ? SM_LIMIT_LEVEL : SM_ALARM_LEVEL, 1 + round % 4);
  return row;
}

static GPtrArray *
write_rows (const char *path)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmServiceDb) db = sm_service_db_open (path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (sm_service_db_begin (db, &error));
  for (guint noun = 0; noun < SM_N_NOUNS; noun++)
    for (guint round = 0; round < G_N_ELEMENTS (nasty) && !sm_noun_get (noun)->is_history; round++)
      {
        SmRow *row = make_row (sm_noun_get (noun), round);

        sm_service_db_put (db, row, NULL, SM_SECOND, &error);
        g_assert_no_error (error);
        g_ptr_array_add (rows, row);
      }
  g_assert_true (sm_service_db_commit (db, &error));
  return rows;
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

typedef struct
{
  SmRow *row;
  gboolean is_done;
} Load;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Load *load = user_data;

  load->row = sm_ops_load_row_finish (SM_OPS (source), result, NULL);
  load->is_done = TRUE;
}

static SmRow *
load_row (SmOps       *ops,
          const SmRow *like)
{
  Load load = { NULL, FALSE };

  sm_ops_load_row_async (ops, sm_row_get_noun (like), sm_row_get_id (like), NULL, loaded_cb, &load);
  while (!load.is_done)
    g_main_context_iteration (NULL, TRUE);
  return load.row;
}

static void
assert_row_comes (SmOps       *ops,
                  const SmRow *sent)
{
  const SmNoun *noun = sm_row_get_noun (sent);
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (60, timed_out_cb, &timed_out);
  g_autoptr (SmRow) row = load_row (ops, sent);

  while (row == NULL && !timed_out)
    {
      g_main_context_iteration (NULL, TRUE);
      row = load_row (ops, sent);
    }
  if (row == NULL)
    g_error ("%s %" G_GINT64_FORMAT " did not come", noun->name, sm_row_get_id (sent));
  if (!timed_out)
    g_source_remove (id);
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD && sm_kind_is_text (noun->fields[i].kind)
        && !is_masked (noun, i) && !sm_row_equal_field (row, sent, i))
      g_error ("%s.%s: \"%.80s\" became \"%.80s\"", noun->name, noun->fields[i].name,
               sm_row_get_text (sent, i), sm_row_get_text (row, i));
}

static void
test_every_text_field (void)
{
  g_autoptr (SmTestService) service = sm_test_service_new (NULL);
  g_autoptr (GPtrArray) rows = write_rows (sm_test_service_get_database (service));
  g_autofree char *dir = g_dir_make_tmp ("sm-nasty-XXXXXX", NULL);
  SmOps *ops;

  sm_test_service_add_user (service, "reader", "administrator", "correct horse battery staple");
  sm_test_service_run (service);
  ops = sm_ops_new (sm_test_service_get_url (service), dir, dir);
  sm_ops_start (ops);
  sm_ops_sign_in_async (ops, "reader", "correct horse battery staple", NULL, NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    assert_row_comes (ops, rows->pdata[i]);
  sm_ops_stop (ops);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (ops);
  sm_test_remove_tree (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* No service would say this by itself: it is not for the judge of the contract. */
  g_unsetenv ("SM_RECORD_DIR");
  g_test_add_func ("/nasty/every-text-field", test_every_text_field);
  return g_test_run ();
}
